import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import { FORECASTER, LOGGER, SETTINGS } from '../tokens.ts';
import { farewell, type Letter, type Note, type Question, type Reply, type ThreadSettings } from './conversation.ts';

type Settle = (reply: Reply) => void;

/** How long the thread may take to keep what it has before it is ended. */
const farewellMs = 5_000;

/** Asks the thread that holds the history; a thread that ends is begun anew by the next question. */
@Injectable()
export class Forecasts implements OnModuleDestroy {
  private readonly waiting = new Map<number, Settle>();
  private asked = 0;
  private thread: Worker | undefined;

  constructor(
    @Inject(FORECASTER) private readonly program: URL,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.thread = this.begin();
  }

  ask<Asked extends Question>(question: Asked): Promise<Reply<Asked['kind']>> {
    this.thread ??= this.begin();
    const id = (this.asked += 1);
    const { promise, resolve } = Promise.withResolvers<Reply<Asked['kind']>>();
    // The thread answers each question in its own kind.
    this.waiting.set(id, resolve as Settle);
    this.thread.postMessage({ id, content: question } satisfies Letter<Question>);
    return promise;
  }

  async onModuleDestroy(): Promise<void> {
    const { thread } = this;
    if (!thread) return;
    const ended = once(thread, 'exit');
    thread.postMessage(farewell);
    await Promise.race([ended, pause(farewellMs, undefined, { ref: false })]);
    await thread.terminate();
  }

  private begin(): Worker {
    const { eventStoreUrl, dataFolder } = this.settings;
    const workerData: ThreadSettings = { eventStoreUrl, historyFile: join(dataFolder, 'forecasting', 'history') };
    const thread = new Worker(this.program, { workerData, name: 'forecaster' });
    thread.on('message', (said: Letter<Reply> | Note) => {
      if ('note' in said) return this.logger.warn(said.note);
      const { id, content } = said;
      this.waiting.get(id)?.(content);
      this.waiting.delete(id);
    });
    thread.on('error', (err) => this.logger.error({ err }, 'the forecaster failed'));
    thread.once('exit', () => this.end(thread));
    return thread;
  }

  private end(thread: Worker): void {
    if (this.thread === thread) this.thread = undefined;
    for (const settle of this.waiting.values()) settle({ kind: 'failed', message: 'the forecaster ended' });
    this.waiting.clear();
  }
}
