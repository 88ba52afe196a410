import type { DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { observe } from './observed.ts';
import type { SimulationRequest } from './request.ts';
import { simulation } from './simulate.ts';
import type { Spread } from './spread.ts';

/** From which instants to simulate, and what of it. Instants are milliseconds since 1970. */
export interface BacktestRequest extends Pick<SimulationRequest, 'funnelId' | 'runs' | 'seed'> {
  /** Each with the ends of the periods after it, all of them over by now. */
  readonly beginnings: readonly Pick<SimulationRequest, 'asOf' | 'ends'>[];
  readonly inflowWeeks: number;
  /** Whether to look only at what was recorded by each instant, too. */
  readonly knownThen: boolean;
}

interface Outcome<Value> extends Spread<Value> {
  readonly actual: Value;
  /** Whether P10 ≤ actual ≤ P90. */
  readonly inside: boolean;
}

/** One period seen from one instant before it. */
export interface BacktestCase {
  readonly asOf: number;
  readonly from: number;
  readonly until: number;
  readonly won: Outcome<bigint>;
  readonly wonCount: Outcome<number>;
}

export interface Backtest {
  readonly currency: string;
  readonly cases: readonly BacktestCase[];
  /** Which share of the cases came to lie inside; 0.8 is what P10–P90 promise. `null` without cases. */
  readonly coverage: { readonly won: number | null; readonly wonCount: number | null };
}

const outcome = <Value extends bigint | number>(spread: Spread<Value>, actual: Value): Outcome<Value> => ({
  ...spread,
  actual,
  inside: spread.p10 <= actual && actual <= spread.p90,
});

/** What was won after one instant and up to another. */
const wonBetween = ({ times, amounts }: ReturnType<typeof observe>['wins'], from: number, until: number) => {
  let [count, amount] = [0, 0n];
  for (let win = 0; win < times.length; win += 1) {
    if (times[win]! <= from || times[win]! > until) continue;
    count += 1;
    amount += BigInt(amounts[win]!);
  }
  return { count, amount };
};

const coverageOf = (cases: readonly BacktestCase[], of: 'won' | 'wonCount'): number | null =>
  cases.length === 0 ? null : cases.filter((each) => each[of].inside).length / cases.length;

/** Simulates from instants in the past, looking at nothing later, and compares with what came. */
export function* backtest(
  historyAt: (knownAt: number) => KnownHistory,
  funnel: DefinedFunnel,
  { beginnings, knownThen, inflowWeeks, ...asked }: BacktestRequest,
): Generator<undefined, Backtest> {
  const everything = historyAt(Infinity);
  const last = Math.max(...beginnings.flatMap(({ ends }) => ends));
  const { wins } = observe(everything, funnel, last);
  const cases: BacktestCase[] = [];
  for (const { asOf, ends } of beginnings) {
    const history = knownThen ? historyAt(asOf) : everything;
    const { groups } = yield* simulation(history, funnel, { ...asked, asOf, ends, inflowWeeks, by: 'total' });
    for (const [index, { until, won, wonCount }] of groups[0]!.periods.entries()) {
      const from = ends[index - 1] ?? asOf;
      const came = wonBetween(wins, from, until);
      cases.push({
        ...{ asOf, from, until },
        won: outcome(won, came.amount),
        wonCount: outcome(wonCount, came.count),
      });
    }
  }
  const { currency } = funnel.versions[0].definition;
  return { currency, cases, coverage: { won: coverageOf(cases, 'won'), wonCount: coverageOf(cases, 'wonCount') } };
}
