import type { Position } from '@funnel/kernel';

/** Where the log ends, asked once for all who want to know at the same time. */
export class LogEnd {
  readonly #ask: () => Promise<Position>;
  #asking: Promise<Position> | undefined;
  #next: Promise<Position> | undefined;

  constructor(ask: () => Promise<Position>) {
    this.#ask = ask;
  }

  /** Not older than the call: a question that is under way already does not count. */
  now(): Promise<Position> {
    if (!this.#asking) return this.#start();
    this.#next ??= this.#asking.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  #start(): Promise<Position> {
    this.#next = undefined;
    const asking = this.#ask().finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }
}
