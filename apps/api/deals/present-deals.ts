import type { RowFilter, RowSort } from '@funnel/read-store';
import { wantedWords, type DealOrder, type DealRow } from '@funnel/sales-views';
import type { In } from '../http/input.ts';
import { wantedOwner } from '../reads/present.ts';

type Query = In<'listDeals'>['query'];

const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Every word somewhere, in any order. */
const wordsPattern = (q: string): string =>
  `^${wantedWords(q)
    .map((word) => `(?=.*${literal(word)})`)
    .join('')}`;

const said = <Field extends keyof DealRow | `customer.${string}`, Value>(field: Field, value: Value | undefined) =>
  value === undefined ? {} : { [field]: value };

/** Which of today's deals are asked for; `members` are those of the team, where one is asked for. */
export const presentDeals = (query: Query, members: readonly string[]): RowFilter<DealRow> => ({
  ...said('ownerId', wantedOwner(query.owner)),
  ...(query.team !== undefined && { $or: [{ ownerId: { $in: members } }] }),
  ...said('stage', query.stage),
  ...said('status', query.status),
  ...said('funnelId', query.funnel),
  ...said('customer.name', query.customer),
  ...said('customer.region', query.region),
  ...said('customer.industry', query.industry),
  ...said('words', query.q === undefined ? undefined : { $regex: wordsPattern(query.q) }),
});

/** What each order sorts by, and which way it usually goes: newest, largest and longest first, soonest first. */
const orders = {
  changedAt: { by: 'changedAt', usual: 'desc', descending: -1 },
  amount: { by: 'amount', usual: 'desc', descending: -1 },
  // The longer a deal stands, the earlier it came.
  dwell: { by: 'since', usual: 'desc', descending: 1 },
  expectedClose: { by: 'expectedClose', usual: 'asc', descending: -1 },
} as const;

export const orderOf = ({ sort, order }: Pick<Query, 'sort' | 'order'>): DealOrder => {
  const { by, usual, descending } = orders[sort];
  return { by, direction: (order ?? usual) === 'desc' ? descending : (-descending as 1 | -1) };
};

export const sortOf = ({ by, direction }: DealOrder): RowSort<DealRow> => ({
  [by === 'amount' ? 'amount.minor' : by]: direction,
});
