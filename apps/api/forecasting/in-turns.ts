import { setImmediate as turn } from 'node:timers/promises';

/** Does long work part by part, so that other questions are answered in between. */
export const inTurns = async <Result>(work: Generator<undefined, Result>): Promise<Result> => {
  for (;;) {
    const part = work.next();
    if (part.done) return part.value;
    await turn();
  }
};
