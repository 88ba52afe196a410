import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import { AskedThread } from '../threads/asked-thread.ts';
import type { Programs } from '../threads/programs.ts';
import { LOGGER, PROGRAMS, SETTINGS } from '../tokens.ts';
import type { Question, Reply, ThreadSettings } from './conversation.ts';

/** Asks the thread that holds the history. */
@Injectable()
export class Forecasts implements OnModuleDestroy {
  private readonly thread: AskedThread<Question, Reply>;

  constructor(
    @Inject(PROGRAMS) { forecaster }: Programs,
    @Inject(SETTINGS) { eventStoreUrl, dataFolder }: Settings,
    @Inject(LOGGER) logger: Logger,
  ) {
    const workerData: ThreadSettings = { eventStoreUrl, historyFile: join(dataFolder, 'forecasting', 'history') };
    this.thread = new AskedThread({ name: 'forecaster', program: forecaster, workerData, logger });
    this.thread.begin();
  }

  ask<Asked extends Question>(question: Asked): Promise<Reply<Asked['kind']>> {
    // The thread answers each question in its own kind.
    return this.thread.ask(question) as Promise<Reply<Asked['kind']>>;
  }

  async onModuleDestroy(): Promise<void> {
    await this.thread.end();
  }
}
