import type { ServerWritableStream } from '@grpc/grpc-js';

/** Bytes of a message that leaves before the next one is sent. */
const large = 64 * 1024;

/** Sends messages no faster than the client takes them. */
export class Outbox {
  readonly #call: ServerWritableStream<unknown, Uint8Array>;
  #wake: (() => void) | undefined;
  #isClosed = false;

  constructor(call: ServerWritableStream<unknown, Uint8Array>) {
    this.#call = call;
    const close = (): void => {
      this.#isClosed = true;
      this.wake();
    };
    call.on('drain', () => this.wake());
    call.once('cancelled', close).once('close', close).once('error', close);
  }

  /** Nobody takes messages any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends a message; if the result is a promise, wait for it before the next one. */
  send(message: Uint8Array): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    if (message.length < large) return this.#call.write(message) ? undefined : this.pause();
    // gRPC counts messages, and would take sixteen of whatever size.
    this.#call.write(message, () => this.wake());
    return this.pause();
  }

  /** Resolves at the next `wake`: when there is room again, at the latest when the call is closed. */
  pause(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => (this.#wake = resolve));
  }

  wake(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
