import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker, type Transferable } from 'node:worker_threads';
import type { Logger } from 'pino';
import { farewell, type Failure, type Letter, type Note } from './letters.ts';

export interface ThreadBeginning {
  /** For the log. */
  readonly name: string;
  readonly program: URL;
  readonly workerData: object;
  readonly logger: Logger;
}

/** What threads make is soon over: with the room that they would take for it if let, they are larger and no faster. */
const resourceLimits = { maxYoungGenerationSizeMb: 24 };

/** How long a thread may take to keep what it has before it is ended. */
const farewellMs = 5_000;

/** A thread that answers questions, so that they keep nobody waiting here; one that ended is begun anew by the next question. */
export class AskedThread<Question, Answer> {
  private readonly waiting = new Map<number, PromiseWithResolvers<Answer>>();
  private asked = 0;
  private thread: Worker | undefined;

  constructor(private readonly beginning: ThreadBeginning) {}

  /** Starts the thread, where it has something to do before the first question. */
  begin(): void {
    this.thread ??= this.begun();
  }

  get isRunning(): boolean {
    return this.thread !== undefined;
  }

  /** @throws where the thread fails, or ends before it has answered */
  ask(question: Question, transferred: readonly Transferable[] = []): Promise<Answer> {
    const thread = (this.thread ??= this.begun());
    const id = (this.asked += 1);
    const settling = Promise.withResolvers<Answer>();
    this.waiting.set(id, settling);
    thread.postMessage({ id, content: question } satisfies Letter<Question>, transferred);
    return settling.promise;
  }

  async end(): Promise<void> {
    const { thread } = this;
    if (!thread) return;
    const ended = once(thread, 'exit');
    thread.postMessage(farewell);
    await Promise.race([ended, pause(farewellMs, undefined, { ref: false })]);
    await thread.terminate();
  }

  private begun(): Worker {
    const { name, program, workerData, logger } = this.beginning;
    const thread = new Worker(program, { workerData, name, resourceLimits });
    thread.on('message', (said: Letter<Answer> | Failure | Note) => {
      if ('note' in said) logger.warn(said.note);
      else this.settle(said);
    });
    thread.on('error', (err) => logger.error({ err }, `the ${name} failed`));
    thread.once('exit', () => this.ended(thread));
    return thread;
  }

  private settle(said: Letter<Answer> | Failure): void {
    const settling = this.waiting.get(said.id);
    this.waiting.delete(said.id);
    if ('failed' in said) settling?.reject(new Error(`the ${this.beginning.name} failed: ${said.failed}`));
    else settling?.resolve(said.content);
  }

  private ended(thread: Worker): void {
    if (this.thread === thread) this.thread = undefined;
    for (const { reject } of this.waiting.values()) reject(new Error(`the ${this.beginning.name} ended`));
    this.waiting.clear();
  }
}
