import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { refreshAll, type CatchUp } from './catching-up.ts';

/** An answer on the screen that can catch up; tells how often it was read, and which deals of it were read again. */
const onScreen = async (path: string, fails = false) => {
  const client = new QueryClient();
  const caughtUp: string[] = [];
  const catchUp: CatchUp = async (ids) => {
    if (fails) throw new Error('unreachable');
    caughtUp.push(...ids);
  };
  let reads = 0;
  const queryFn = async () => (reads += 1);
  const observer = new QueryObserver(client, { queryKey: [path, 'all'], queryFn, meta: { catchUp } });
  const leave = observer.subscribe(() => undefined);
  await client.refetchQueries();
  const before = reads;
  return {
    caughtUp,
    readAnew: () => reads > before,
    changed: async (...streams: readonly string[]) => {
      await refreshAll(client, streams);
      leave();
      client.clear();
    },
  };
};

describe('a long answer on the screen, when something changes', () => {
  it('reads again what changed of it, and no more', async () => {
    const board = await onScreen('/api/aging');
    await board.changed('deal-a', 'deal-b-1', 'alert-of-a', 'quota-rep-mei-2026');
    expect([board.caughtUp, board.readAnew()]).toEqual([['a', 'b-1'], false]);
  });

  it('is read anew where more changed than deals', async () => {
    const board = await onScreen('/api/aging');
    await board.changed('deal-a', 'funnel-list');
    expect([board.caughtUp, board.readAnew()]).toEqual([[], true]);
  });

  it('is read anew where so many deals changed that there may be others, which are not named', async () => {
    const board = await onScreen('/api/aging');
    await board.changed(...Array.from({ length: 100 }, (_, index) => `deal-${index}`));
    expect([board.caughtUp, board.readAnew()]).toEqual([[], true]);
  });

  it('is read anew where it could not catch up', async () => {
    const board = await onScreen('/api/aging', true);
    await board.changed('deal-a');
    expect(board.readAnew()).toBe(true);
  });

  it('stays as it is where what changed does not concern it', async () => {
    const people = await onScreen('/api/reps');
    await people.changed('deal-a', 'alert-of-a');
    expect([people.caughtUp, people.readAnew()]).toEqual([[], false]);
  });
});
