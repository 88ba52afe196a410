import { type Deadline, hasPassed, msUntil, NoAnswer } from './deadline.ts';

/** A fixed number of places; who finds none free waits in turn. */
export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves with a function that gives the place back. @throws {NoAnswer} when the deadline passes first */
  async take(deadline: Deadline): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(deadline);
    let held = true;
    return () => {
      if (held) this.#giveBack();
      held = false;
    };
  }

  #turn(deadline: Deadline): Promise<void> {
    if (hasPassed(deadline)) return Promise.reject(new NoAnswer(0));
    return new Promise((resolve, reject) => {
      const ms = msUntil(deadline);
      const timer = setTimeout(() => {
        this.#waiting.delete(called);
        reject(new NoAnswer(ms));
      }, ms);
      const called = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.add(called);
    });
  }

  /** A place goes straight to who waits longest. */
  #giveBack(): void {
    const [next] = this.#waiting;
    if (!next) this.#free += 1;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}
