import type { Part } from '@funnel/sales';
import type { MappingFile } from '../mapping.ts';
import type { StateRule } from '../rules.ts';
import { note, type Note } from './notes.ts';

/** Rows say that a deal stands under a name. */
export interface Standing {
  readonly name: string;
  readonly deal?: string | undefined;
  readonly at?: number | undefined;
  /** In percent. */
  readonly probability?: number | undefined;
  readonly ends?: 'won' | 'lost' | undefined;
}

/** Names that end a deal, where nothing else tells. */
const won = /\b(won|win|signed|approved|paid|activated)\b|赢单|成交客户|已成交/i;
const lost = /\b(lost|loss|cancel+ed|declined|denied|rejected|abandoned|dead|disqualified)\b|输单|丢单|流失/i;
export const endByName = (name: string): 'won' | 'lost' | undefined => {
  const words = name.replaceAll('_', ' ');
  return lost.test(words) ? 'lost' : won.test(words) ? 'won' : undefined;
};

const mostCommon = <Value>(values: readonly Value[]): Value | undefined => {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
};

/** For each deal the names in the order in which it first stood under them. */
const pathsOf = (standings: readonly Standing[]): string[][] => {
  const dated = standings.filter(({ deal, at }) => deal !== undefined && at !== undefined);
  const byDeal = Map.groupBy(dated, ({ deal }) => deal);
  return [...byDeal.values()].map((each) => {
    const inTime = each.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
    return [...new Set(inTime.map(({ name }) => name))];
  });
};

/** By how many more deals a name came before each other than after it. */
const precedence = (paths: readonly (readonly string[])[]): ((a: string, b: string) => number) => {
  const before = new Map<string, number>();
  for (const path of paths) {
    path.forEach((a, index) => {
      for (const b of path.slice(index + 1)) before.set(`${a}\u001f${b}`, (before.get(`${a}\u001f${b}`) ?? 0) + 1);
    });
  }
  return (a, b) => (before.get(`${a}\u001f${b}`) ?? 0) - (before.get(`${b}\u001f${a}`) ?? 0);
};

interface Named {
  readonly name: string;
  readonly probability: number | undefined;
}

/** By probability; among equals, and where there is none, a name stands before those that deals mostly reached later. */
const inOrder = (names: readonly Named[], standings: readonly Standing[]): Named[] => {
  const comesBefore = precedence(pathsOf(standings));
  const score = new Map(
    names.map(({ name }) => [name, names.reduce((sum, other) => sum + Math.sign(comesBefore(name, other.name)), 0)]),
  );
  const all = names.every(({ probability }) => probability !== undefined);
  return names.toSorted((a, b) => {
    const byProbability = all ? (a.probability ?? 0) - (b.probability ?? 0) : 0;
    return byProbability || (score.get(b.name) ?? 0) - (score.get(a.name) ?? 0);
  });
};

/** What a stage is called inside: `Id. Decision Makers` → `id-decision-makers`. */
export const stageKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100) || 'stage';

const distinctKeys = (names: readonly string[]): Map<string, string> => {
  const keys = new Map<string, string>();
  for (const name of names) {
    const taken = new Set(keys.values());
    const key = stageKey(name);
    keys.set(name, taken.has(key) ? `${key}-${keys.size + 1}` : key);
  }
  return keys;
};

const partOf = (index: number, count: number): Part =>
  index * 3 < count ? 'top' : index * 3 < count * 2 ? 'middle' : 'bottom';

export interface ProposedStages {
  readonly stages: MappingFile['funnel']['stages'];
  readonly keys: ReadonlyMap<string, string>;
  readonly states: StateRule[];
  readonly notes: readonly Note[];
}

/** The stages of a funnel from what rows say: those met, in order, with the weights of their probabilities. */
export const stagesOf = (standings: readonly Standing[]): ProposedStages => {
  const byName = Map.groupBy(standings, ({ name }) => name);
  const ends = new Map([...byName].map(([name, each]) => [name, mostCommon(each.map((one) => one.ends))]));
  const open = [...byName].filter(([name]) => !ends.get(name));
  const named = open.map(([name, each]) => ({
    name,
    probability: mostCommon(each.flatMap(({ probability }) => (probability === undefined ? [] : [probability]))),
  }));
  const ordered = inOrder(named, standings);
  const keys = distinctKeys(ordered.map(({ name }) => name));
  const evenly = (index: number) => Math.round((100 * (index + 1)) / (ordered.length + 1)) / 100;
  const stages = ordered.map(({ name, probability }, index) => ({
    key: keys.get(name) ?? name,
    label: name,
    part: partOf(index, ordered.length),
    weight: probability === undefined ? evenly(index) : Math.round(probability * 100) / 10_000,
  }));
  const states = [...byName.keys()].map((name): StateRule => {
    const is = ends.get(name);
    const when = { activity: name };
    if (is === 'won') return { when, is };
    return is === 'lost' ? { when, is, reason: name } : { when, is: 'open', stage: keys.get(name) ?? name };
  });
  const guessed = ordered.some(({ probability }) => probability === undefined);
  return {
    stages,
    keys,
    states,
    notes: guessed ? [note('even-weights')] : [],
  };
};
