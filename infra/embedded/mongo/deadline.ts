import { failure } from './errors.ts';

/**
 * Until when the command that runs just now may run. One for all: commands run one after the other, each as a whole.
 */
let until = Number.POSITIVE_INFINITY;
let looked = 0;

/** Runs the work, which is broken off by {@link checkDeadline} once so many milliseconds have passed; 0 is no limit. */
export const withDeadline = <Result>(milliseconds: number, work: () => Result): Result => {
  until = milliseconds > 0 ? performance.now() + milliseconds : Number.POSITIVE_INFINITY;
  try {
    return work();
  } finally {
    until = Number.POSITIVE_INFINITY;
  }
};

/** For the innermost loops: looks at the clock now and then only. */
export const checkDeadline = (): void => {
  if (until === Number.POSITIVE_INFINITY || ++looked % 64 !== 0) return;
  if (performance.now() > until) throw failure('MaxTimeMSExpired', 'operation exceeded time limit');
};
