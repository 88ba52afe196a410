import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MessageChannel } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { ExportWish } from '../exports/exported.ts';
import type { ImportErrand } from '../imports/carried-import.ts';
import type { Settings } from '../settings.ts';
import { AskedThread } from '../threads/asked-thread.ts';
import { receivedPieces } from '../threads/pieces.ts';
import type { Programs } from '../threads/programs.ts';
import { LOGGER, PROGRAMS, SETTINGS } from '../tokens.ts';
import type { Errand, ThreadSettings } from './conversation.ts';

/** Has files carried in and out of the log by a thread that is begun by the first of them. */
@Injectable()
export class Carrier implements OnApplicationShutdown {
  private readonly thread: AskedThread<Errand, undefined>;

  constructor(
    @Inject(PROGRAMS) { carrier }: Programs,
    @Inject(SETTINGS) { eventStoreUrl, readStoreUrl, publicUrl }: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const workerData: ThreadSettings = { eventStoreUrl, readStoreUrl, publicUrl };
    this.thread = new AskedThread({ name: 'carrier', program: carrier, workerData, logger });
  }

  /** The bytes of a file, made while they are read. */
  async *exported(wish: ExportWish): AsyncGenerator<Uint8Array> {
    const { port1: here, port2: there } = new MessageChannel();
    this.thread.ask({ kind: 'export', wish, port: there }, [there]).catch(() => here.close());
    yield* receivedPieces(here);
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

  /** Breaks off the imports that run; what they have read is written. */
  async stop(): Promise<void> {
    if (this.thread.isRunning) await this.thread.ask({ kind: 'stop' });
  }

  /** After imports were stopped, and after the last answers were sent. */
  async onApplicationShutdown(): Promise<void> {
    await this.thread.end();
  }
}
