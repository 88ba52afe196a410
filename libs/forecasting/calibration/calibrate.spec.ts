import type { DefinedFunnel } from '@funnel/sales';
import {
  advanced,
  day,
  historyOf,
  lost,
  machines,
  ofDeal,
  planned,
  prospect,
  won,
  type DealHistory,
} from '../testing/histories.ts';
import { calibrate } from './calibrate.ts';
import { wilson } from './wilson.ts';

const funnelWith = (said: Partial<typeof machines> = {}): DefinedFunnel => ({
  status: 'defined',
  versions: [{ at: day(0), definition: { ...machines, ...said } }],
});
const sold = (from: number, amount: number): DealHistory => [
  [day(from), prospect('lead', { minor: amount })],
  [day(from + 2), won(amount)],
];
const gone = (from: number, amount: number): DealHistory => [
  [day(from), prospect('lead', { minor: amount })],
  [day(from + 2), lost],
];
const needed: DealHistory = [
  [day(0), prospect('lead', { minor: 500 })],
  [day(0), advanced('need')],
];
const asked = { funnelId: 'machines', ends: [day(1), day(11)], splitAt: day(5), horizonDays: null };
const calibrated = (deals: readonly DealHistory[], funnel = funnelWith()) =>
  calibrate(historyOf(deals.flatMap((told, index) => ofDeal(`d${index}`, told))), funnel, asked);

/** Before the split one of four leads is won, the largest; after it two of three. */
const history = [
  ...[sold(0, 400), gone(0, 200), gone(0, 100), gone(0, 100), needed],
  ...[sold(10, 300), sold(10, 300), gone(10, 300)],
];

describe('a calibration', () => {
  it('learns from the periods up to the split only, by count and by amount', () => {
    const { learntOn, judgedOn, stages } = calibrated(history);
    expect([learntOn, judgedOn]).toEqual([[day(1)], [day(11)]]);
    expect(stages).toMatchObject([
      {
        stage: 'lead',
        weight: 1_000,
        count: 4,
        wins: 1,
        amount: 800n,
        realized: 400n,
        byCount: 2_500,
        byAmount: 5_000,
      },
      { stage: 'need', count: 1, wins: 0, byCount: 0, byAmount: 0 },
      { stage: 'closing', count: 0, byCount: null, byAmount: null, interval: null },
    ]);
  });

  it('leaves out what ends in the gap after the split', () => {
    const inGap = { ...asked, ends: [day(1), day(7), day(8), day(11)], judgedAfter: day(8) };
    const { learntOn, judgedOn, judged } = calibrate(
      historyOf(history.flatMap((told, index) => ofDeal(`d${index}`, told))),
      funnelWith(),
      { ...inGap, refined: { ageDays: [], segment: 'total' } },
    );
    expect([learntOn, judgedOn]).toEqual([[day(1)], [day(11)]]);
    expect(judged).toEqual(calibrated(history).judged);
  });

  it('takes the counts of one deal for what they are worth', () => {
    const long: DealHistory = [
      [day(0), prospect('lead')],
      [day(9), lost],
    ];
    const often = { ...asked, ends: [day(1), day(3), day(4), day(11)] };
    const deals = [long, sold(0, 1)].flatMap((told, index) => ofDeal(`d${index}`, told));
    const [lead] = calibrate(historyOf(deals), funnelWith(), often).stages;
    expect(lead).toMatchObject({ count: 4, wins: 1, byCount: 2_500, deals: 2, effective: 1.6 });
    expect(lead!.interval).toEqual(wilson(0.4, 1.6));
  });

  it('judges by the periods after it what was, and what was learnt', () => {
    const { judged } = calibrated(history);
    // Three leads and the one that stands in "need" still.
    expect(judged.asItWas.brier).toBeCloseTo((2 * 0.9 ** 2 + 0.1 ** 2 + 0.4 ** 2) / 4, 12);
    expect(judged.byCount.brier).toBeCloseTo((2 * 0.75 ** 2 + 0.25 ** 2) / 4, 12);
    expect(judged.byAmount.brier).toBeCloseTo((2 * 0.5 ** 2 + 0.5 ** 2) / 4, 12);
    expect(judged.byCount.reliability).toEqual([
      { weight: 0, count: 1, wins: 0 },
      { weight: 2_500, count: 3, wins: 2 },
    ]);
    expect([judged.asItWas.wape, judged.byAmount.wape]).toEqual([(600 - 90 - 200) / 600, (600 - 450) / 600]);
  });

  it('gives a deal without an open next step no weight where the funnel demands one', () => {
    const planning: DealHistory = [...sold(10, 100).slice(0, 1), [day(10), planned(null)], ...sold(10, 100).slice(1)];
    const { judged } = calibrated([...history, planning], funnelWith({ nextStepRule: true }));
    expect(judged.asItWas.reliability).toEqual([
      { weight: 0, count: 4, wins: 2 },
      { weight: 1_000, count: 1, wins: 1 },
    ]);
  });

  it('says nothing where nothing can be said', () => {
    const { stages, judged } = calibrated([]);
    expect(stages.every(({ byCount, byAmount }) => byCount === null && byAmount === null)).toBe(true);
    expect(judged.asItWas).toEqual({ brier: null, reliability: [], wape: null, bias: null });
  });
});
