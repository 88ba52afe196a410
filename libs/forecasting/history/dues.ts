import { sharedFloats } from './growing.ts';

/** No next step has this code. */
export const noStep = 0;

/**
 * When next steps are due, as small whole numbers, in the order in which they were met: they are much fewer than events, as most
 * are at the beginning of some day or hour. Infinity without a date, -Infinity without a next step.
 */
export class Dues {
  readonly #codes = new Map<number, number>();
  readonly #instants: ReturnType<typeof sharedFloats>;

  constructor(known: Float64Array) {
    this.#instants = sharedFloats(known);
    for (const [code, instant] of known.entries()) this.#codes.set(instant, code);
    this.code(-Infinity);
  }

  /** `instant`: milliseconds since 1970. */
  code(instant: number): number {
    const known = this.#codes.get(instant);
    if (known !== undefined) return known;
    const code = this.#instants.length;
    this.#codes.set(instant, code);
    this.#instants.push(instant);
    return code;
  }

  /** By code; not copied, but never changed. */
  get instants(): Float64Array {
    return this.#instants.values;
  }
}
