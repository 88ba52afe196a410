import { id, type DealEvent } from '@funnel/sales';
import {
  applyRule,
  newAmount,
  newOwner,
  unknownDeal,
  type DealSoFar,
  type IgnoredBecause,
  type RowContext,
} from './deal-so-far.ts';
import type { ColumnRole, Mapping, MappingRule } from './mapping.ts';
import { matcher } from './pattern.ts';
import { BadField, type RowError } from './row-error.ts';
import { rowReader, type Row, type RowReader } from './row-values.ts';

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

/** A test for rows: does the field of this part look so? */
type FieldTest = readonly [role: ColumnRole, test: (value: string) => boolean];

const compile = (rules: readonly MappingRule[]): { rule: MappingRule; tests: readonly FieldTest[] }[] =>
  rules.map((rule) => ({
    rule,
    tests: Object.entries(rule.when).map(([role, pattern]): FieldTest => [role as ColumnRole, matcher(pattern)]),
  }));

const usableAsId = (value: string, column: string): string => {
  if (!id.safeParse(value).success)
    throw new BadField(column, value, 'cannot be an id: letters, digits, ".", "_", "-"');
  return value;
};

/** Who owns the deal, as a row tells it; `null` when it names nobody. */
const ownerReader = ({ owners, columns }: Mapping, read: RowReader) => {
  const namesOwner = (owners?.on ?? []).map(matcher);
  const nobody = new Set(owners?.ignore);
  return (row: Row, activity: string): string | null => {
    const owner = read.text(row, 'owner');
    if (owner === undefined || nobody.has(owner) || !namesOwner.some((test) => test(activity))) return null;
    return usableAsId(owner, columns.owner ?? '');
  };
};

/** Identical rows of a deal at one instant are told apart by counting them. */
const keyOf = (deal: DealSoFar, fields: string, at: number): string => {
  if (at !== deal.lastAt) deal.rowsAtInstant.clear();
  deal.lastAt = at;
  const before = deal.rowsAtInstant.get(fields) ?? 0;
  deal.rowsAtInstant.set(fields, before + 1);
  return `${fields}\u001f${before}`;
};

/** Applies a mapping to rows in order; throws {@link BadField} at a row that cannot be taken. */
const rowInterpreter = (mapping: Mapping) => {
  const { columns } = mapping;
  const read = rowReader(mapping);
  const rules = compile(mapping.events);
  const ownerOf = ownerReader(mapping, read);
  const deals = new Map<string, DealSoFar>();
  const readColumns = Object.values(columns) as string[];

  const dealOf = (row: Row, at: number): DealSoFar => {
    const dealId = usableAsId(read.needed(row, 'deal'), columns.deal);
    const deal = deals.get(dealId) ?? unknownDeal(dealId, at);
    if (at >= deal.lastAt) return deal;
    const reason = 'is earlier than the row before it of the same deal; expected the rows of a deal in order of time';
    throw new BadField(columns.time, row[columns.time] ?? '', reason);
  };

  const contextOf = (row: Row, at: number): RowContext => {
    const activity = read.needed(row, 'activity');
    return { mapping, read, row, activity, deal: dealOf(row, at), ownerId: ownerOf(row, activity) };
  };

  return (row: Row): RowOutcome => {
    const at = read.at(row);
    const context = contextOf(row, at);
    const { deal } = context;
    const rule = rules.find(({ tests }) => tests.every(([role, test]) => test(read.text(row, role) ?? '')))?.rule;
    const changes: DealEvent[] = [...newAmount(context), ...newOwner(context)];
    const said = rule ? applyRule(context, rule) : 'unmapped';
    const key = keyOf(deal, readColumns.map((column) => row[column] ?? '').join('\u001f'), at);
    deals.set(deal.dealId, deal);
    const events = typeof said === 'string' ? changes : [...changes, said];
    if (typeof said === 'string' && events.length === 0) return { kind: 'ignored', because: said };
    const named = events.map((event) => ({ key: `${key}\u001f${event.type}`, at, event }));
    return { kind: 'events', dealId: deal.dealId, events: named };
  };
};

/**
 * Reads the rows of one file in order and tells what each of them means for its deal. Rows of one deal must follow each
 * other in time (equal instants keep their order); rows of different deals may be mixed. Keeps a small state per deal.
 */
export const createInterpreter = (mapping: Mapping): ((row: Row, line: number) => RowOutcome) => {
  const interpret = rowInterpreter(mapping);
  return (row, line) => {
    try {
      return interpret(row);
    } catch (fault) {
      if (!(fault instanceof BadField)) throw fault;
      return { kind: 'error', error: { line, field: fault.field, value: fault.value, reason: fault.message } };
    }
  };
};
