export type Connection = 'connecting' | 'live' | 'lost';

let present: Connection = 'connecting';
const watchers = new Set<() => void>();

/** Whether changes elsewhere arrive here. */
export const connection = {
  now: (): Connection => present,
  tell: (next: Connection): void => {
    present = next;
    for (const watcher of watchers) watcher();
  },
  /** Calls back at each change until the answer is called. */
  watch: (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
};
