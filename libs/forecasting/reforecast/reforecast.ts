import { dayMs, wholeWeight } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel, type FunnelDefinition } from '@funnel/sales';
import type { History } from '../history/history.ts';
import { groupsBy, type Groups } from './grouping.ts';
import { exactParts } from './halves.ts';
import { countedOnce } from './kept-cells.ts';
import { overrideKeys, sumUp, type Cells, type Pass } from './pass.ts';
import type { Grouping, Reforecast, ReforecastGroup, ReforecastRequest } from './request.ts';

/** What one cell comes to, exactly. */
interface Sums {
  count: number;
  amount: bigint;
  forecast: bigint;
  realized: bigint;
}

/** The funnel as a forecast sees it at one period end. */
interface Terms {
  /** By stage code; 1/10,000. */
  readonly weights: readonly number[];
  readonly demandsNextStep: boolean;
}

const termsOf = (history: History, definition: FunnelDefinition, request: ReforecastRequest): Terms => {
  const then = new Map(definition.stages.map(({ key, weight }) => [key, Math.round(weight * wholeWeight)]));
  return {
    weights: history.stages.texts.map((stage) => request.weights[stage] ?? then.get(stage) ?? 0),
    demandsNextStep: request.nextStepRule ?? definition.nextStepRule,
  };
};

const passOver = (
  history: History,
  request: ReforecastRequest,
  { groups, definitions }: { groups: Groups; definitions: readonly FunnelDefinition[] },
): Omit<Pass, 'values'> => {
  const { ends, horizonDays } = request;
  const horizon = horizonDays === null ? Infinity : horizonDays * dayMs;
  const grace = (period: number): number => Math.round((definitions[period]?.nextStepGraceDays ?? 0) * dayMs);
  return {
    rows: history.rows(),
    funnel: history.funnelNames.find(request.funnelId) ?? -1,
    currency: history.currencies.find(definitions[0]?.currency ?? '') ?? -1,
    stageCount: history.stages.texts.length,
    ends: Float64Array.from(ends),
    openIfDueAfter: Float64Array.from(ends, (end, period) => end - grace(period)),
    realizedUntil: Float64Array.from(ends, (end) => end + horizon),
    ...{ keys: groups.keys, groupOf: groups.groupOf, keyCount: groups.keyCount, groupCount: groups.names.length },
    keepsOverrides: request.overrides === 'kept',
  };
};

/** Adds the sums of one part of the digits to the groups, by period and group. */
const weigh = (groups: Sums[], { counts, values, realized, overridden }: Cells, frame: Frame): void => {
  const { terms, stageCount, groupCount, factor } = frame;
  const own = new Map<number, { value: bigint; weighted: bigint }>();
  for (const [key, value] of overridden) {
    const cell = Math.floor(key / overrideKeys);
    const sum = own.get(cell) ?? { value: 0n, weighted: 0n };
    sum.value += BigInt(value);
    sum.weighted += BigInt(value) * BigInt(key % overrideKeys);
    own.set(cell, sum);
  }
  for (let cell = 0; cell < counts.length; cell += 1) {
    if (counts[cell] === 0) continue;
    const place = Math.floor(cell / (stageCount * 2));
    const { weights, demandsNextStep } = terms[Math.floor(place / groupCount)]!;
    const sums = groups[place]!;
    const value = BigInt(values[cell]!);
    sums.count = frame.isFirst ? sums.count + counts[cell]! : sums.count;
    sums.amount += value * factor;
    sums.realized += BigInt(realized[cell]!) * factor;
    if (demandsNextStep && cell % 2 === 0) continue;
    const { value: apart, weighted } = own.get(cell) ?? { value: 0n, weighted: 0n };
    const weight = BigInt(weights[Math.floor(cell / 2) % stageCount]!);
    sums.forecast += ((value - apart) * weight + weighted) * factor;
  }
};

interface Frame {
  readonly terms: readonly Terms[];
  readonly stageCount: number;
  readonly groupCount: number;
  readonly factor: bigint;
  /** Deals are counted once, however many parts their amounts have. */
  readonly isFirst: boolean;
}

/** Everything that the counting depends on beside the rows; not the weights. */
const questionOf = ({ openIfDueAfter, ends }: Omit<Pass, 'values'>, request: ReforecastRequest): string => {
  const { funnelId, by, horizonDays, overrides } = request;
  return JSON.stringify([funnelId, by, horizonDays, overrides, [...ends], [...openIfDueAfter]]);
};

const inOrder = (by: Grouping, definition: FunnelDefinition) => {
  const places = new Map<string | null, number>(
    by === 'stage' ? definition.stages.map(({ key }, place) => [key, place]) : [],
  );
  const place = (key: string | null) => places.get(key) ?? places.size;
  return ({ key: one }: ReforecastGroup, { key: other }: ReforecastGroup): number => {
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    return place(one) - place(other) || (one < other ? -1 : 1);
  };
};

/**
 * What the forecast would have been at each period end under the given weights, and what came of those same deals. Deals
 * kept in another currency than the funnel's are left out. Whole numbers throughout: the same history and request give the
 * same digits, in whatever order deals are summed up.
 */
export const reforecast = (history: History, funnel: DefinedFunnel, request: ReforecastRequest): Reforecast => {
  const definitions = request.ends.map((end) => funnelAt(funnel, end));
  const terms = definitions.map((definition) => termsOf(history, definition, request));
  const groups = groupsBy(history, request.by, request.ends);
  const pass = passOver(history, request, { groups, definitions });
  const counted = countedOnce(pass.rows, questionOf(pass, request), () =>
    exactParts(pass.rows.minor).map(({ values, factor }) => ({ cells: sumUp({ ...pass, values }), factor })),
  );
  const groupCount = groups.names.length;
  const sums = Array.from({ length: request.ends.length * groupCount }, (): Sums => {
    return { count: 0, amount: 0n, forecast: 0n, realized: 0n };
  });
  for (const [index, { cells, factor }] of counted.entries()) {
    weigh(sums, cells, { terms, stageCount: pass.stageCount, groupCount, factor, isFirst: index === 0 });
  }
  const periods = request.ends.map((at, period) => {
    const all = groups.names.map((key, group) => ({ key, ...sums[period * groupCount + group]! }));
    const order = inOrder(request.by, definitions[period]!);
    return { at, groups: all.filter(({ count }) => count > 0 || request.by === 'total').sort(order) };
  });
  return { currency: funnelAt(funnel, -Infinity).currency, periods };
};
