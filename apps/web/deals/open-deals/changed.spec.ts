import { withChanged } from './changed.ts';
import type { OpenDeal } from './open-deals.ts';

const deal = (id: string, dueAt: string | null, since = '2026-01-01T00:00:00.000Z') =>
  ({ id, dueAt, since }) as OpenDeal;
const over = deal('over', '2026-03-01T00:00:00.000Z');
const due = deal('due', '2026-03-09T00:00:00.000Z');
const old = deal('old', null);
const young = deal('young', null, '2026-02-01T00:00:00.000Z');
const all = [over, due, old, young];
const ids = (deals: readonly OpenDeal[]) => deals.map(({ id }) => id);

describe('a list of open deals of which some have changed', () => {
  it('has them where they belong now: what falls due first, then what stands longest', () => {
    expect(ids(withChanged(all, ['over'], [deal('over', '2026-03-05T00:00:00.000Z')]))).toEqual(ids(all));
    expect(ids(withChanged(all, ['over'], [deal('over', '2026-04-01T00:00:00.000Z')]))).toEqual([
      'due',
      'over',
      'old',
      'young',
    ]);
    expect(ids(withChanged(all, ['due'], [deal('due', null, '2026-01-15T00:00:00.000Z')]))).toEqual([
      'over',
      'old',
      'due',
      'young',
    ]);
  });

  it('loses those that are closed or somebody else’s now, and gains new ones', () => {
    expect(ids(withChanged(all, ['old', 'due'], []))).toEqual(['over', 'young']);
    expect(ids(withChanged(all, ['new'], [deal('new', null, old.since)]))).toEqual([
      'over',
      'due',
      'new',
      'old',
      'young',
    ]);
  });

  it('keeps all others as the objects they were', () => {
    const [first, , third] = withChanged(all, ['due'], [{ ...due }]);
    expect([first, third]).toEqual([over, old]);
    expect(first).toBe(over);
    expect(third).toBe(old);
  });
});
