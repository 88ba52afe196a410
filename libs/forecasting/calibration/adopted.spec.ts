import { day, machines } from '../testing/histories.ts';
import { adopted, type Adoption } from './adopted.ts';
import type { Calibration, LearntStage } from './calibrate.ts';
import type { Judgement } from './scoring.ts';

const learnt = (stage: string, said: Partial<LearntStage>): LearntStage => ({
  ...{
    stage,
    weight: 1_000,
    count: 90,
    deals: 40,
    effective: 38,
    wins: 10,
    amount: 400n,
    realized: 90n,
    byCount: 2_500,
    byAmount: 2_250,
  },
  ...{ interval: { low: 0.14, high: 0.4 }, ...said },
});
const scores = (brier: number): Judgement => ({ brier, wape: 0.5, bias: null, reliability: [] });
const calibration: Calibration = {
  ...{ currency: 'CNY', learntOn: [day(1)], judgedOn: [day(11)] },
  stages: [
    learnt('lead', {}),
    learnt('need', { deals: 29 }),
    learnt('closing', { count: 0, deals: 0, wins: 0, byCount: null, byAmount: null, interval: null }),
  ],
  judged: { asItWas: scores(0.3), byCount: scores(0.2), byAmount: scores(0.1) },
};
const adoption: Adoption = {
  request: { funnelId: 'machines', ends: [day(1), day(11)], splitAt: day(5), horizonDays: 90 },
  ...{ calibration, digest: 'abc', position: { commit: 12n, prepare: 12n }, basis: 'count', least: 30 },
};
const weights = (said: Partial<Adoption> = {}, funnel = machines) =>
  adopted(funnel, { ...adoption, ...said }).definition.stages.map(({ weight }) => weight);

describe('adopting a calibration', () => {
  it('takes the weights of stages in which enough deals stood, and keeps the others', () => {
    expect(weights()).toEqual([0.25, 0.4, 0.9]);
    expect(weights({ basis: 'amount' })).toEqual([0.225, 0.4, 0.9]);
    expect(weights({ least: 29 })).toEqual([0.25, 0.25, 0.9]);
  });
  it('leaves the rest of the funnel as it is, and a stage that is new alone', () => {
    const longer = {
      ...machines,
      stages: [...machines.stages, { ...machines.stages[0]!, key: 'dream', weight: 0.01 }],
    };
    expect(weights({}, longer)).toEqual([0.25, 0.4, 0.9, 0.01]);
    const { stages: _, ...rest } = adopted(machines, adoption).definition;
    expect(machines).toMatchObject(rest);
  });
  it('records what it was learnt from and how it did', () => {
    expect(adopted(machines, adoption).evidence).toEqual({
      ...{ kind: 'calibration', digest: 'abc', asOfPosition: '12', knownAt: null, basis: 'count', least: 30 },
      ...{ splitAt: '2026-01-10T00:00:00.000Z', horizonDays: 90 },
      ...{ learntOn: ['2026-01-06T00:00:00.000Z'], judgedOn: ['2026-01-16T00:00:00.000Z'] },
      stages: [
        {
          ...{
            stage: 'lead',
            before: 0.1,
            after: 0.25,
            count: 90,
            deals: 40,
            wins: 10,
            byCount: 0.25,
            byAmount: 0.225,
          },
          interval: { low: 0.14, high: 0.4 },
        },
        expect.objectContaining({ stage: 'need', before: 0.4, after: 0.4, deals: 29 }),
        {
          ...{ stage: 'closing', before: 0.9, after: 0.9, count: 0, deals: 0, wins: 0 },
          ...{ byCount: null, byAmount: null, interval: null },
        },
      ],
      scores: { before: { brier: 0.3, wape: 0.5, bias: null }, after: { brier: 0.2, wape: 0.5, bias: null } },
    });
    const { evidence } = adopted(machines, { ...adoption, basis: 'amount', knownAt: day(20) });
    expect([evidence.knownAt, evidence.scores.after.brier]).toEqual(['2026-01-25T00:00:00.000Z', 0.1]);
  });
});
