import { Cursor, Cursors } from './cursor.ts';
import { listedResults } from './querying/results.ts';

describe('open cursors', () => {
  const owner = {};
  const open = (): Cursor => new Cursor('test.c', owner, listedResults([Buffer.from('a')]));

  it('close after ten idle minutes', () => {
    const cursors = new Cursors();
    const cursor = open();
    cursors.keep(cursor);
    cursors.closeIdle(cursor.usedAt + 600_000);
    expect(cursors.size).toBe(1);
    cursors.closeIdle(cursor.usedAt + 600_001);
    expect(cursors.size).toBe(0);
  });

  it('refuse the namespace of another', () => {
    const cursors = new Cursors();
    const id = cursors.keep(open()).toString();
    expect(() => cursors.get(id, 'test.other')).toThrow(/belongs to a different namespace test.c/);
    expect(cursors.get(id, 'test.c').take(10)).toHaveLength(1);
  });
});
