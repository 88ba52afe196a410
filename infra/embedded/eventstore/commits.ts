import type { Tail } from './log/tail.ts';
import type { Outbox } from './outbox.ts';

/** Milliseconds in which commits that follow each other gather: told of each apart, readers take the cores from who writes. */
const gatherMs = 10;

/** After so many commits told apart at most it is tried again whether more of them gather. */
const mostApart = 64;

interface Watched {
  readonly tail: Pick<Tail, 'last' | 'onNext'>;
  readonly outbox: Pick<Outbox, 'isClosed' | 'pause' | 'wake'>;
}

/**
 * The commits as one subscription that keeps up hears of them. Where none come while others gather, whoever writes may be
 * waiting to hear of what they wrote: these are told apart, for longer each time that this turns out again.
 */
export class Commits {
  readonly #watched: Watched;
  #heardAt = -Infinity;
  #apart = 1;
  #leftApart = 0;

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
    if (early > 0 && !outbox.isClosed) await this.#gather(early);
    this.#heardAt = performance.now();
  }

  async #gather(milliseconds: number): Promise<void> {
    if (this.#leftApart > 0) {
      this.#leftApart--;
      return;
    }
    const { tail } = this.#watched;
    const { last } = tail;
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    this.#apart = tail.last > last ? 1 : Math.min(2 * this.#apart, mostApart);
    this.#leftApart = this.#apart - 1;
  }
}
