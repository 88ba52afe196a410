import { latestInstant } from '@funnel/kernel';
import type { Change } from './change.ts';
import { aspects, everyAspect, instantOf, mostOwners, ownerOf, stageOf } from './columns.ts';
import { noStep } from './dues.ts';
import { nothing } from './packing.ts';
import { RowStore } from './row-store.ts';
import { status } from './rows.ts';
import { Told } from './told.ts';

interface News extends Partial<Change> {
  readonly deal: number;
  readonly at: number;
}
const unchanged = { changed: 0, stage: 0, status: 0, owner: 0, currency: 0, minor: 0, weight: undefined, due: noStep };
const begun = (deal: number): News => ({ deal, at: 0, changed: everyAspect });
const staged = (deal: number, at: number): News => ({ deal, at, changed: aspects.stage, stage: at });
const closed = (deal: number, at: number): News => ({ deal, at, changed: aspects.status, status: status.lost });

/** Tells of one event. `event`: its number. */
const tell = (store: RowStore, { deal, at, ...news }: News, event: number): void => {
  const told = new Told(1);
  told.add(deal, { at, event }, { ...unchanged, ...news });
  store.take(told, 0, 1);
};

/** Two deals, the first of which has had five rows before the second one begins. */
const twoDeals = (): RowStore => {
  const { columns, deals } = nothing();
  const store = new RowStore({ columns, ...deals, length: 0, abandoned: 0 });
  tell(store, begun(0), 0);
  for (let at = 1; at < 5; at += 1) tell(store, staged(0, at), at);
  tell(store, begun(1), 5);
  return store;
};
const sizesOf = ({ kept }: { kept: RowStore['kept'] }) => ({ length: kept.length, abandoned: kept.abandoned });

describe('the rows of deals', () => {
  it('leave a deal that begins the room for as many as deals have on average', () => {
    const { first, end, limit } = twoDeals().kept;
    expect({ first: [...first], end: [...end], limit: [...limit] }).toEqual({
      ...{ first: [0, 5], end: [5, 6], limit: [5, 8] },
    });
  });

  it('give the room at the end back once its deal is closed', () => {
    const store = twoDeals();
    tell(store, closed(1, 1), 6);
    expect(sizesOf(store)).toEqual({ length: 7, abandoned: 0 });
    expect([...store.kept.limit]).toEqual([5, 7]);
  });

  it('count the room between other deals as abandoned once its deal is closed', () => {
    const store = twoDeals();
    tell(store, begun(2), 6);
    tell(store, closed(1, 1), 7);
    expect(sizesOf(store)).toEqual({ length: 11, abandoned: 1 });
    expect([...store.kept.limit]).toEqual([5, 7, 11]);
  });

  it('keep the room of a deal that was closed before and is told more of', () => {
    const store = twoDeals();
    tell(store, closed(0, 9), 6);
    tell(store, begun(2), 7);
    tell(store, staged(0, 10), 8);
    const { first, end, limit } = store.kept;
    expect(end[0]! - first[0]!).toBe(7);
    expect(limit[0]).toBeGreaterThan(end[0]!);
  });

  it('stand in the order of their instants to the millisecond, however late they were told', () => {
    const store = twoDeals();
    const late = latestInstant - 1;
    tell(store, { deal: 0, at: late, changed: aspects.owner, owner: mostOwners - 1 }, 6);
    tell(store, staged(0, late - 2), 7);
    tell(store, staged(0, late - 1), 8);
    const { first, end, columns } = store.kept;
    const rows = Array.from({ length: end[0]! - first[0]! }, (_, nth) => first[0]! + nth);
    expect(rows.map((row) => instantOf(columns, row))).toEqual([0, 1, 2, 3, 4, late - 2, late - 1, late]);
    expect(rows.map((row) => ownerOf(columns, row))).toEqual([0, 0, 0, 0, 0, 0, 0, mostOwners - 1]);
    expect(stageOf(columns, rows.at(-1)!)).toBe((late - 1) % 2 ** 16);
  });
});
