import type { DefinedFunnel } from '@funnel/sales';
import {
  advanced,
  day,
  historyOf,
  lost,
  machines,
  ofDeal,
  prospect,
  won,
  type DealHistory,
} from '../testing/histories.ts';
import { backtest, type BacktestRequest } from './backtest.ts';
import { Random } from './random.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };

/** Deals that truly follow the model: two or three come each day, wait a while in each stage, and go on or are lost. */
const madeUp = (random: Random, days: number): DealHistory[] => {
  const wait = () => 1 + random.below(20) + random.unit();
  const deal = (come: number): DealHistory => {
    const minor = 100 + random.below(900);
    const qualified = come + wait();
    const closed = qualified + wait();
    const end = random.unit() < 0.5 ? won(minor) : lost;
    const begun = [day(come), prospect('lead', { minor })] as const;
    if (random.unit() < 0.4) return [begun, [day(qualified), lost]];
    return [begun, [day(qualified), advanced('need')], [day(closed), end]];
  };
  return Array.from({ length: days }, (_, at) => at).flatMap((at) =>
    Array.from({ length: 2 + random.below(2) }, () => deal(at + random.unit())),
  );
};

const backtested = (deals: readonly DealHistory[], said: Partial<BacktestRequest> = {}) => {
  const history = historyOf(deals.flatMap((told, index) => ofDeal(`d${index}`, told)));
  const beginnings = Array.from({ length: 20 }, (_, index) => {
    const asOf = day(150 + 14 * index);
    return { asOf, ends: [asOf + 14 * 86_400_000] };
  });
  const request = { funnelId: 'machines', beginnings, runs: 100, seed: 1, inflowWeeks: 13, knownThen: false, ...said };
  const steps = backtest((at) => (at === Infinity ? history : history.knownAt(at)), funnel, request);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
};

describe('a backtest', () => {
  const deals = madeUp(Random.of(5, 5), 450);

  it('finds about 80 % of what came from P10 to P90 where deals follow the model', () => {
    const { cases, coverage } = backtested(deals);
    expect(cases).toHaveLength(20);
    // Of 20 cases at 80 %, fewer than 12 inside would come once in a hundred times.
    expect(coverage.won).toBeGreaterThanOrEqual(0.6);
    expect(coverage.wonCount).toBeGreaterThanOrEqual(0.6);
    expect(coverage.won).toBe(cases.filter(({ won: { inside } }) => inside).length / 20);
  });

  it('finds fewer where deals begin to be sold twice as often as before', () => {
    const turned = deals.map((told, index) => {
      const [at, closing] = told.at(-1)!;
      return at > day(160) && closing === lost && index % 2 === 0
        ? [...told.slice(0, -1), [at, won(5_000)] as const]
        : told;
    });
    const { cases } = backtested(turned);
    expect(cases.slice(1, 4).filter(({ won: { inside } }) => inside)).toEqual([]);
  });

  it('compares with what was won after the instant and by the end of the period', () => {
    const sold: DealHistory[] = [149, 151, 164, 165].map((at) => [
      [day(100), prospect('lead', { minor: 10 })],
      [day(at), won(at)],
    ]);
    const asOf = day(150);
    const { cases } = backtested(sold, { beginnings: [{ asOf, ends: [day(164), day(166)] }] });
    expect(cases.map(({ from, until, won: { actual }, wonCount }) => [from, until, actual, wonCount.actual])).toEqual([
      [asOf, day(164), 315n, 2],
      [day(164), day(166), 165n, 1],
    ]);
  });

  it('knows nothing where nothing was recorded by then', () =>
    expect(backtested(deals, { knownThen: true }).cases.every(({ won: { p90 } }) => p90 === 0n)).toBe(true));
});
