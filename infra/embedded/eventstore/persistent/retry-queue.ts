import type { Message } from './consumer.ts';

/** What comes again: in the order of the log, and after it what was parked before, in the order it was added. */
export class RetryQueue {
  readonly #messages: Message[] = [];

  get size(): number {
    return this.#messages.length;
  }

  add(message: Message): void {
    const at = this.#messages.findIndex((other) => orderOf(other) > orderOf(message));
    this.#messages.splice(at === -1 ? this.#messages.length : at, 0, message);
  }

  delete(message: Message): void {
    const at = this.#messages.indexOf(message);
    if (at !== -1) this.#messages.splice(at, 1);
  }

  /** May be changed while it is gone through. */
  [Symbol.iterator](): Iterator<Message> {
    return [...this.#messages][Symbol.iterator]();
  }
}

const orderOf = ({ place }: Message): number => place ?? Infinity;
