import { setTimeout as delay } from 'node:timers/promises';
import { isStoreFault } from '../faults.ts';
import type { Engine } from './engine.ts';

/** Waits, or returns early when the signal aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  delay(ms, undefined, signal && { signal }).catch(() => undefined);

const firstPauseMs = 50;
const longestPauseMs = 2_000;

/** Does it again, ever more slowly, for as long as the store fails. @throws whatever is not the store's fault, or its fault on abort */
export const untilStored = async <Result>(
  { tell, signal }: Pick<Engine, 'tell' | 'signal'>,
  act: () => Promise<Result>,
): Promise<Result> => {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await act();
    } catch (error) {
      if (!isStoreFault(error) || signal.aborted) throw error;
      tell({ kind: 'store-fault', error });
      await pause(pauseMs, signal);
      if (signal.aborted) throw error;
    }
  }
};
