import type { Partner, SharedPass } from '@funnel/forecasting';
import { Worker } from 'node:worker_threads';

/** A thread that takes part in long passes. It begins with the first of them; one that failed is begun anew by the next. */
export class PartnerThread implements Partner {
  readonly #program: URL;
  readonly #note: (text: string) => void;
  #thread: Worker | undefined;

  constructor(program: URL, note: (text: string) => void) {
    this.#program = program;
    this.#note = note;
  }

  begin(shared: SharedPass): void {
    this.#thread ??= this.#begun();
    this.#thread.postMessage(shared);
  }

  async end(): Promise<void> {
    await this.#thread?.terminate();
  }

  #begun(): Worker {
    const thread = new Worker(this.#program, { name: 'forecaster, second thread' });
    thread.on('error', (error) => {
      this.#thread = undefined;
      this.#note(`the second thread of forecasts failed: ${String(error)}`);
    });
    thread.unref();
    return thread;
  }
}
