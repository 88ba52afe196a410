import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import { FORECASTER, LOGGER, SETTINGS } from '../tokens.ts';
import type { Letter, Question, Reply, ThreadSettings } from './conversation.ts';

type Settle = (reply: Reply) => void;

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
    await this.thread?.terminate();
  }

  private begin(): Worker {
    const workerData: ThreadSettings = { eventStoreUrl: this.settings.eventStoreUrl };
    const thread = new Worker(this.program, { workerData, name: 'forecaster' });
    thread.on('message', ({ id, content }: Letter<Reply>) => {
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
