import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'acknowledged';
const width = 20;

/**
 * Remembers, beside the log, the last position that was acknowledged to a client. Written after the log is on disk and
 * before the answer goes out, so it can lag behind the log but never be ahead of it: a log that ends before the
 * watermark has lost acknowledged events (SQLite silently drops the end of a torn write-ahead log).
 */
export class Watermark {
  readonly #file: number;

  constructor(dataFolder: string) {
    this.#file = openSync(join(dataFolder, fileName), constants.O_RDWR | constants.O_CREAT, 0o644);
  }

  advance(position: number): void {
    writeSync(this.#file, String(position).padStart(width), 0, 'ascii');
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** The last acknowledged position, 0 if it is not known (a new folder, or a backup of the log alone). */
export const readWatermark = (dataFolder: string): number => {
  try {
    return Number(readFileSync(join(dataFolder, fileName), 'ascii')) || 0;
  } catch {
    return 0;
  }
};
