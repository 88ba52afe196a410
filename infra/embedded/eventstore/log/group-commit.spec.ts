import { DatabaseSync } from 'node:sqlite';
import { GroupCommit } from './group-commit.ts';

const setUp = () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE written (value TEXT)');
  const insert = database.prepare('INSERT INTO written VALUES (?)');
  const log: string[] = [];
  const group = new GroupCommit(database, {
    committed: () => log.push('committed'),
    rolledBack: () => log.push('rolled back'),
  });
  const write = (value: string, fault?: Error): void =>
    group.run(
      () => {
        insert.run(value);
        if (fault) throw fault;
        return value;
      },
      (result) => log.push(result),
      (cause) => log.push(`${value} failed: ${(cause as Error).message}`),
    );
  const written = () =>
    database
      .prepare('SELECT value FROM written')
      .all()
      .map(({ value }) => value);
  return { group, write, written, log };
};

describe('a group of writes', () => {
  it('takes in what is asked for at the end of its turn', async () => {
    const { group, write, log } = setUp();
    group.beforehand(() => write('a'));
    group.beforehand(() => write('b'));
    write('before');
    await new Promise(setImmediate);
    expect(log).toEqual(['committed', 'before', 'a', 'b']);
    group.beforehand(() => write('next'));
    group.flush();
    expect(log.slice(4)).toEqual(['committed', 'next']);
  });

  it('shares one commit, and is answered after it, in order', () => {
    const { group, write, written, log } = setUp();
    write('a');
    write('b');
    expect(log).toEqual([]);
    group.flush();
    expect(log).toEqual(['committed', 'a', 'b']);
    expect(written()).toEqual(['a', 'b']);
  });

  it('is committed in the same turn of the event loop', async () => {
    const { write, log } = setUp();
    write('a');
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual(['committed', 'a']);
  });

  it('goes on without the one that cannot be done', () => {
    const { group, write, written, log } = setUp();
    write('a');
    write('b', new Error('broken'));
    write('c');
    group.flush();
    expect(written()).toEqual(['a', 'c']);
    expect(log).toEqual(['rolled back', 'committed', 'a', 'rolled back', 'b failed: broken', 'committed', 'c']);
  });
});
