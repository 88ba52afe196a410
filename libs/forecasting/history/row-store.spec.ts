import { aspects, everyAspect } from './columns.ts';
import { nothing } from './packing.ts';
import { RowStore } from './row-store.ts';
import { status } from './rows.ts';
import type { Told } from './told.ts';

const change = { changed: 0, stage: 0, status: 0, owner: 0, currency: 0, minor: 0, weight: -1, due: -Infinity };
const told = (deal: number, at: number, news: Partial<typeof change>): Told => ({
  ...{ deal, at, recordedAt: at, id: { first: 0, second: 0, third: 0, fourth: 0 } },
  ...{ change: { ...change, ...news }, begins: undefined },
});
const begun = (deal: number) => told(deal, 0, { changed: everyAspect });
const staged = (deal: number, at: number) => told(deal, at, { changed: aspects.stage, stage: at });
const closed = (deal: number, at: number) => told(deal, at, { changed: aspects.status, status: status.lost });

/** Two deals, the first of which has had five rows before the second one begins. */
const twoDeals = (): RowStore => {
  const { columns, deals } = nothing();
  const store = new RowStore({ columns, ...deals, length: 0, abandoned: 0 });
  store.begin(begun(0), 0);
  for (let at = 1; at < 5; at += 1) store.add(staged(0, at), at);
  store.begin(begun(1), 5);
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
    store.add(closed(1, 1), 6);
    expect(sizesOf(store)).toEqual({ length: 7, abandoned: 0 });
    expect([...store.kept.limit]).toEqual([5, 7]);
  });

  it('count the room between other deals as abandoned once its deal is closed', () => {
    const store = twoDeals();
    store.begin(begun(2), 6);
    store.add(closed(1, 1), 7);
    expect(sizesOf(store)).toEqual({ length: 11, abandoned: 1 });
    expect([...store.kept.limit]).toEqual([5, 7, 11]);
  });

  it('keep the room of a deal that was closed before and is told more of', () => {
    const store = twoDeals();
    store.add(closed(0, 9), 6);
    store.begin(begun(2), 7);
    store.add(staged(0, 10), 8);
    const { first, end, limit } = store.kept;
    expect(end[0]! - first[0]!).toBe(7);
    expect(limit[0]).toBeGreaterThan(end[0]!);
  });
});
