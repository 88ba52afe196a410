import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Stage } from '../../deals/use-funnel.ts';
import { agreed, columnsOf, withoutRefused, type BoardFacts } from './columns.ts';

const stages = [
  { key: 'lead', weight: 0.1 },
  { key: 'need', weight: 0.4 },
] as Stage[];

const card = (id: string, said: Partial<OpenDeal> = {}): OpenDeal =>
  ({
    ...{ id, title: `Pumps ${id}`, customer: 'North Works', stage: 'lead', revision: 3, state: 'over' },
    ...{ amount: { value: '100.00', currency: 'CNY' }, weight: 0.1, weighs: 'stage', dwellSeconds: 9 },
    ...said,
  }) as OpenDeal;

const board = (facts: Partial<BoardFacts> = {}) => {
  const deals = [card('a'), card('b', { amount: { value: '0.05', currency: 'CNY' } }), card('c', { stage: 'need' })];
  const columns = columnsOf({ stages, currency: 'CNY', deals, words: [], pending: new Map(), ...facts });
  return Object.fromEntries(columns.map((column) => [column.stage.key, column]));
};
const ids = (column: { deals: readonly OpenDeal[] } | undefined) => column?.deals.map(({ id }) => id);

describe('a board', () => {
  it('has its cards by stage, with sums to the cent', () => {
    const { lead, need } = board();
    expect([ids(lead), ids(need)]).toEqual([['a', 'b'], ['c']]);
    expect([lead?.amount.value, lead?.weighted.value]).toEqual(['100.05', '10.01']);
  });

  it('has empty stages as well', () =>
    expect(board({ deals: [] })['need']).toMatchObject({ deals: [], amount: { value: '0.00', currency: 'CNY' } }));

  it('finds cards by all of the words, in title, customer and id', () => {
    expect(ids(board({ words: ['north', 'pumps', 'b'] })['lead'])).toEqual(['b']);
    expect(ids(board({ words: ['south'] })['lead'])).toEqual([]);
  });

  it('shows a move before the product has told it, with its new weight, until the product does', () => {
    const pending = (revision?: number) => new Map([['a', { to: 'need', at: 0, revision }]]);
    const ahead = board({ pending: pending() });
    expect([ids(ahead['lead']), ids(ahead['need'])]).toEqual([['b'], ['a', 'c']]);
    expect(ahead['need']?.deals[0]).toMatchObject({ weight: 0.4, state: 'ok', dwellSeconds: 0 });
    expect(ids(board({ pending: pending(4) })['need'])).toEqual(['a', 'c']);
    // The product has told revision 3 already, and there the deal stands where it was.
    expect(ids(board({ pending: pending(3) })['lead'])).toEqual(['a', 'b']);
  });

  it('takes answers in the order of the moves, and a refusal for all that waited behind', () => {
    const first = { to: 'need', at: 0 };
    const both = { to: 'won', at: 1, before: first };
    expect(agreed(both, 4)).toEqual({ to: 'won', at: 1, before: { to: 'need', at: 0, revision: 4 } });
    expect(agreed(agreed(both, 4), 5)).toEqual({ to: 'won', at: 1, revision: 5 });
    expect(withoutRefused(both)).toBeUndefined();
    expect(withoutRefused(agreed(both, 4))).toEqual({ to: 'need', at: 0, revision: 4 });
  });

  it('keeps the columns that a move does not touch as they were', () => {
    const deals = [card('a'), card('b'), card('c', { stage: 'need' }), card('d', { stage: 'won' })];
    const facts = { stages: [...stages, { key: 'won', weight: 1 } as Stage], currency: 'CNY', deals, words: [] };
    const before = columnsOf({ ...facts, pending: new Map() });
    expect(columnsOf({ ...facts, deals: [...deals], pending: new Map() }, before)).toEqual(before);
    const after = columnsOf({ ...facts, pending: new Map([['a', { to: 'need', at: 0 }]]) }, before);
    expect(after.map((column, place) => column === before[place])).toEqual([false, false, true]);
    expect(after[0]?.amount.value).toBe('100.00');
    const revalued = deals.with(3, card('d', { stage: 'won', amount: { value: '7.00', currency: 'CNY' } }));
    expect(columnsOf({ ...facts, deals: revalued, pending: new Map() }, before)[2]?.amount.value).toBe('7.00');
  });

  it('keeps the weight that was set for a deal when it moves', () => {
    const deals = [card('a', { weight: 0.9, weighs: 'override' })];
    const pending = new Map([['a', { to: 'need', at: 0 }]]);
    expect(board({ deals, pending })['need']?.deals[0]?.weight).toBe(0.9);
  });
});
