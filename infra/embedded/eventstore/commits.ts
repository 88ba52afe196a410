import type { Tail } from './log/tail.ts';
import type { Outbox } from './outbox.ts';

/** Milliseconds in which commits that follow each other gather: told of each apart, readers take the cores from who writes. */
const gatherMs = 10;

interface Watched {
  readonly tail: Pick<Tail, 'onNext'>;
  readonly outbox: Pick<Outbox, 'isClosed' | 'pause' | 'wake'>;
}

/** The commits as one subscription that keeps up hears of them. */
export class Commits {
  readonly #watched: Watched;
  #heardAt = -Infinity;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** After a quiet time resolves at the next commit, else a little later, for all that came by then; or when nobody listens. */
  async next(): Promise<void> {
    const { tail, outbox } = this.#watched;
    const forget = tail.onNext(() => outbox.wake());
    await outbox.pause();
    forget();
    const early = this.#heardAt + gatherMs - performance.now();
    if (early > 0 && !outbox.isClosed) await new Promise((resolve) => setTimeout(resolve, early));
    this.#heardAt = performance.now();
  }
}
