import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { ImportErrand } from '../imports/carried-import.ts';
import type { Settings } from '../settings.ts';
import { AskedThread } from '../threads/asked-thread.ts';
import { receivedPieces } from '../threads/pieces.ts';
import type { Programs } from '../threads/programs.ts';
import { LOGGER, PROGRAMS, SETTINGS } from '../tokens.ts';
import type { Errand, ThreadSettings, Wanted } from './conversation.ts';

/** Has what is told of the whole log carried out, and files carried in, by a thread that is begun by the first of them. */
@Injectable()
export class Carrier implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly thread: AskedThread<Errand, undefined>;
  private readonly sending = new Set<MessagePort>();

  constructor(
    @Inject(PROGRAMS) { carrier }: Programs,
    @Inject(SETTINGS) { eventStoreUrl, readStoreUrl, rootsFile, publicUrl }: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const workerData: ThreadSettings = { eventStoreUrl, readStoreUrl, rootsFile, publicUrl };
    this.thread = new AskedThread({ name: 'carrier', program: carrier, workerData, logger });
  }

  /** Bytes that are made while they are read, until the reader has `gone` or the product stops. */
  async *sent(wanted: Wanted, gone: AbortSignal): AsyncGenerator<Uint8Array> {
    const { port1: here, port2: there } = new MessageChannel();
    // Who goes need not wait for a piece that takes long, as the first one of a log that is sorted before.
    gone.addEventListener('abort', () => here.close());
    this.sending.add(here);
    this.thread.ask({ kind: 'send', wanted, port: there }, [there]).catch(() => here.close());
    try {
      yield* receivedPieces(here);
    } finally {
      this.sending.delete(here);
    }
  }

  /** Resolves when the import has ended, however it did. */
  async imported(errand: ImportErrand): Promise<void> {
    try {
      await this.thread.ask({ kind: 'import', errand });
    } catch (err) {
      // The job is silent from now on: whoever asks for it is told that it was interrupted.
      this.logger.error({ err }, 'an import was broken off');
    }
  }

  /** Breaks off what runs: long answers have no end in sight; of imports, what they have read is written. */
  async stop(): Promise<void> {
    for (const port of this.sending) port.close();
    if (this.thread.isRunning) await this.thread.ask({ kind: 'stop' });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** After imports were stopped, and after the last answers were sent. */
  async onApplicationShutdown(): Promise<void> {
    await this.thread.end();
  }
}
