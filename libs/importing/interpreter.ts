import type { DealEvent } from '@funnel/sales';
import { unknownDeal, type DealSoFar, type IgnoredBecause, type RowContext } from './deal-so-far.ts';
import { tellEvent } from './events.ts';
import type { Mapping } from './mapping.ts';
import { matcher } from './pattern.ts';
import { createReader, type Row, type Saying } from './reader.ts';
import type { Role, Said } from './roles.ts';
import { BadField, orError, type RowError } from './row-error.ts';
import { tellState } from './states.ts';
import { valueReader, type ValueReader } from './values.ts';

/** An event read from a row. `key` names it: the same row of the same file always yields the same key. */
export interface ImportedEvent {
  readonly key: string;
  /** Business time, milliseconds since 1970. */
  readonly at: number;
  readonly event: DealEvent;
}

/** What one row came to. A row may yield several events: a new owner, a new amount, and what happened. */
export type RowOutcome =
  | { readonly kind: 'events'; readonly dealId: string; readonly events: readonly ImportedEvent[] }
  | { readonly kind: 'ignored'; readonly because: IgnoredBecause }
  | { readonly kind: 'error'; readonly error: RowError };

/** Finds the first rule that holds for what a row says. */
const ruleFinder = <Rule extends { readonly when: Said }>(rules: readonly Rule[]) => {
  const compiled = rules.map((rule) => ({
    rule,
    tests: Object.entries(rule.when).map(([role, pattern]) => [role as Role, matcher(pattern)] as const),
  }));
  return (said: Said): Rule | undefined =>
    compiled.find(({ tests }) => tests.every(([role, test]) => test(said[role] ?? '')))?.rule;
};

/** Who owns the deal, as a row tells it; `null` when it names nobody. */
const ownerReader = ({ owners }: Mapping) => {
  const namesOwner = owners?.on.map(matcher);
  const nobody = new Set(owners?.ignore);
  return (said: Said, values: ValueReader): string | null => {
    const { owner, activity = '' } = said;
    if (owner === undefined || nobody.has(owner)) return null;
    if (namesOwner && !namesOwner.some((test) => test(activity))) return null;
    return values.id(said, 'owner') ?? null;
  };
};

/** Identical rows of a deal at one instant are told apart by counting them. */
const keyOf = (deal: DealSoFar, name: string, at: number): string => {
  if (at !== deal.lastAt) deal.rowsAtInstant.clear();
  deal.lastAt = at;
  const before = deal.rowsAtInstant.get(name) ?? 0;
  deal.rowsAtInstant.set(name, before + 1);
  return `${name}\u001f${before}`;
};

/** What is known of the deals. Where their rows come deal by deal, only of the present one. */
const memory = ({ order }: Mapping) => {
  const deals = new Map<string, DealSoFar>();
  return {
    of: (id: string, at: number): DealSoFar => deals.get(id) ?? unknownDeal(id, at),
    keep: (deal: DealSoFar): void => {
      if (order === 'time' && !deals.has(deal.dealId)) deals.clear();
      deals.set(deal.dealId, deal);
    },
  };
};

const demandOrder = ({ at, said }: Saying, deal: DealSoFar, values: ValueReader): void => {
  if (at >= deal.lastAt) return;
  throw new BadField(values.columnOf('time'), said.time ?? '', { code: 'out-of-order' });
};

/**
 * Tells what each saying means for its deal. Sayings of one deal must follow each other in time; equal instants keep
 * their order. Those of different deals may be mixed where the mapping's order is that of the file; where it is that of
 * time, they come deal by deal.
 */
export const createInterpreter = (mapping: Mapping): ((saying: Saying) => RowOutcome) => {
  const readers = mapping.sources.map((_, source) => valueReader(mapping, source));
  const stateRule = ruleFinder(mapping.states);
  const eventRule = ruleFinder(mapping.events);
  const ownerOf = ownerReader(mapping);
  const deals = memory(mapping);
  const hasActivity = (source: number): boolean => mapping.sources[source]?.columns.activity !== undefined;

  const interpret = (saying: Saying): RowOutcome => {
    const { said, at, source, name } = saying;
    const values = readers[source] as ValueReader;
    if (said.activity === undefined && hasActivity(source)) {
      throw new BadField(values.columnOf('activity'), '', { code: 'empty' });
    }
    const deal = deals.of(saying.deal, at);
    demandOrder(saying, deal, values);
    const context: RowContext = { mapping, deal, saying, values, ownerId: ownerOf(said, values) };
    const state = stateRule(said);
    const told = state ? tellState(context, state) : tellEvent(context, eventRule(said));
    const key = keyOf(deal, name, at);
    deals.keep(deal);
    if (typeof told === 'string') return { kind: 'ignored', because: told };
    const events = told.map((event) => ({ key: `${key}\u001f${event.type}`, at, event }));
    return { kind: 'events', dealId: deal.dealId, events };
  };
  return (saying) => orError(() => interpret(saying), saying);
};

/** Reads and interprets the rows of one file, in its order. */
export const createRowInterpreter = (mapping: Mapping, now: number): ((row: Row, line: number) => RowOutcome[]) => {
  const read = createReader(mapping, { now });
  const interpret = createInterpreter(mapping);
  return (row, line) =>
    read(row, { file: 'rows', line }).map((each) => (each.kind === 'error' ? each : interpret(each.saying)));
};
