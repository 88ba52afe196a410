import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { NoAnswer } from './deadline.ts';

/** The part of a readable object stream that is used. */
interface ObjectStream {
  on(event: 'end' | 'close' | 'readable', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'readable', listener: () => void): unknown;
  read(): unknown;
  resume(): unknown;
  readonly readableLength: number;
  /** What waits to be transformed, in a duplex stream. */
  readonly writableLength?: number;
}

interface Wanted {
  /** Most items taken at once. */
  readonly most: number;
  /** Longest wait for the first of them, in milliseconds; for ever when absent. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Takes from a client's object stream what it has buffered, so that waiting is paid per array and not per event. The
 * stream reads on only as far as its own high-water mark: nothing piles up behind a slow consumer.
 */
export class Intake<Item> {
  readonly #stream: ObjectStream;
  #failure: Error | undefined;
  #ended = false;
  #wake = (): void => undefined;
  readonly #readable = (): void => this.#wake();

  constructor(stream: ObjectStream) {
    this.#stream = stream;
    // The listener stays for good: the client emits errors late, and one without a listener ends the process.
    stream.on('error', (error) => this.fail(error));
    stream.on('end', () => this.#end());
    stream.on('close', () => this.#end());
    stream.on('readable', this.#readable);
  }

  /**
   * Lets go of the stream; what still comes is dropped. Destroyed instead, it would leave the call behind it, with all
   * that was buffered there, unfinished for ever.
   */
  close(): void {
    this.#stream.off('readable', this.#readable);
    this.#stream.resume();
  }

  /** Ends the intake with an error, once what came before it is taken. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  /** At least one item; `undefined` at the end of the stream or when the signal aborted. */
  async next(wanted: Wanted): Promise<readonly Item[] | undefined> {
    for (;;) {
      if (wanted.signal?.aborted) return undefined;
      const items = this.#buffered(wanted.most);
      if (items.length > 0) return items;
      if (this.#failure) throw this.#failure;
      if (this.#ended) return undefined;
      await this.#change(wanted);
      // What else came in this turn of the event loop is taken along.
      await turnOfTheLoop();
    }
  }

  /** Whether everything that has come was taken. */
  get isEmpty(): boolean {
    return this.#stream.readableLength === 0 && !this.#stream.writableLength;
  }

  #buffered(most: number): Item[] {
    const items: Item[] = [];
    while (items.length < most) {
      const item = this.#stream.read() as Item | null;
      if (item === null) break;
      items.push(item);
    }
    return items;
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }

  #change({ withinMs, signal }: Wanted): Promise<void> {
    return new Promise((resolve) => {
      const awake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', awake);
        resolve();
      };
      const timer = withinMs === undefined ? undefined : setTimeout(() => this.fail(new NoAnswer(withinMs)), withinMs);
      signal?.addEventListener('abort', awake, { once: true });
      this.#wake = awake;
    });
  }
}
