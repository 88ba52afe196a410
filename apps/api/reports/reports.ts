import { momentOf } from '@funnel/kernel';
import { OtherVersion, ReadStoreUnavailable } from '@funnel/read-store';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import { AskedThread } from '../threads/asked-thread.ts';
import type { Programs } from '../threads/programs.ts';
import { LOGGER, PROGRAMS, SETTINGS } from '../tokens.ts';
import type { Findings, Question, Reply, ThreadSettings } from './conversation.ts';

/** Asks the thread that holds the rows of all deals. */
@Injectable()
export class Reports implements OnModuleDestroy {
  private readonly thread: AskedThread<Question, Reply>;

  constructor(
    @Inject(PROGRAMS) { reporter }: Programs,
    @Inject(SETTINGS) { readStoreUrl, timeZone, baseCurrency }: Settings,
    @Inject(LOGGER) logger: Logger,
  ) {
    const workerData: ThreadSettings = { readStoreUrl, timeZone, baseCurrency };
    this.thread = new AskedThread({ name: 'reporter', program: reporter, workerData, logger });
    this.thread.begin();
  }

  /** @throws {ReadStoreUnavailable} @throws {OtherVersion} */
  async ask<Asked extends Question>(question: Asked): Promise<Findings[Asked['kind']]> {
    const reply = await this.thread.ask(question);
    if (reply.kind === 'unavailable') throw new ReadStoreUnavailable();
    if (reply.kind === 'otherVersion') throw new OtherVersion(reply.error.view, reply.error.version);
    // The thread answers each question in its own kind.
    return reply.found as Findings[Asked['kind']];
  }

  /** What deals are called now, by their ids. @throws {ReadStoreUnavailable} @throws {OtherVersion} */
  titles(dealIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.ask({ kind: 'titles', request: { dealIds }, moment: momentOf({}, Date.now()), isNow: true });
  }

  async onModuleDestroy(): Promise<void> {
    await this.thread.end();
  }
}
