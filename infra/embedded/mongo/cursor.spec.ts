import { Cursor, Cursors } from './cursor.ts';
import { listedResults } from './querying/results.ts';

describe('open cursors', () => {
  const open = (options: { session?: string; isTimeless?: boolean } = {}): Cursor =>
    new Cursor({ namespace: 'test.c', results: listedResults([Buffer.from('a')]), session: null, ...options });

  it('close after ten idle minutes', () => {
    const cursors = new Cursors();
    const cursor = open();
    cursors.keep(cursor);
    cursors.closeIdle(cursor.usedAt + 600_000);
    expect(cursors.size).toBe(1);
    cursors.closeIdle(cursor.usedAt + 600_001);
    expect(cursors.size).toBe(0);
  });

  it('stay when they are to have no time limit, but in a session no longer than that', () => {
    const cursors = new Cursors();
    const cursor = open({ isTimeless: true, session: 's' });
    cursors.keep(cursor);
    cursors.keep(open({ isTimeless: true }));
    cursors.closeIdle(cursor.usedAt + 30 * 60_000);
    expect(cursors.size).toBe(2);
    cursors.closeIdle(cursor.usedAt + 30 * 60_000 + 1_000);
    expect(cursors.size).toBe(1);
    expect(cursors.timedOut).toBe(1);
  });

  it('close with the sessions that are named, or with all', () => {
    const cursors = new Cursors();
    for (const session of ['s', 't', 'u']) cursors.keep(open({ session }));
    cursors.keep(open());
    cursors.closeOf(new Set(['s']));
    expect(cursors.size).toBe(3);
    cursors.closeOf(null);
    expect(cursors.size).toBe(1);
  });

  it('refuse the namespace of another', () => {
    const cursors = new Cursors();
    const id = cursors.keep(open()).toString();
    expect(() => cursors.get(id, 'test.other')).toThrow(/belongs to a different namespace test.c/);
    expect(cursors.get(id, 'test.c').take(10)).toHaveLength(1);
  });
});
