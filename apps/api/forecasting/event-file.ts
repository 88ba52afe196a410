import { bytesInBlock, type EventBlocks } from '@funnel/forecasting';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, fdatasync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { Reading, sliceBytes, UnusableColumns } from './kept-file.ts';

const { O_CREAT, O_RDWR } = constants;
const nothingYet = 0;

/** What every file of events beside a history is called, but for its end. */
export const eventFilesOf = (historyPath: string): string => `${historyPath}.events-`;

/**
 * Blocks of events in a file: written once, at their places, and read back when somebody asks. Whoever begins a history anew
 * begins another file, so that what a kept history rests on is never written over.
 */
export class EventFile implements EventBlocks {
  readonly path: string;
  /** Of all blocks by now. */
  checksum: number;
  #file: number | undefined;
  /** Blocks for which there was no room on the disk. */
  readonly #unwritten = new Map<number, Uint8Array>();
  /** The block that was read last. */
  readonly #read = new Uint8Array(bytesInBlock);

  constructor(path: string, checksum = nothingYet) {
    this.path = path;
    this.checksum = checksum;
  }

  /** For a history that begins anew. */
  static beside(historyPath: string): EventFile {
    return new EventFile(`${eventFilesOf(historyPath)}${randomUUID()}`);
  }

  put(block: number, bytes: Uint8Array): void {
    this.checksum = crc32(bytes, this.checksum);
    try {
      this.#write(block, bytes);
    } catch {
      // It is tried again when the history is kept, and told then.
      this.#unwritten.set(block, bytes.slice());
    }
  }

  get(block: number): Uint8Array {
    const unwritten = this.#unwritten.get(block);
    if (unwritten) return unwritten;
    const length = readSync(this.#opened(), this.#read, { position: block * bytesInBlock });
    if (length < bytesInBlock) throw new Error(`block ${block} of ${this.path} cannot be read`);
    return this.#read;
  }

  /** Whatever was put by now is on the disk then. */
  async sync(): Promise<void> {
    for (const [block, bytes] of this.#unwritten) {
      this.#write(block, bytes);
      this.#unwritten.delete(block);
    }
    if (this.#file !== undefined) await promisify(fdatasync)(this.#file);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #write(block: number, bytes: Uint8Array): void {
    const length = writeSync(this.#opened(), bytes, 0, bytesInBlock, block * bytesInBlock);
    if (length < bytesInBlock) throw new Error(`there is no room for ${this.path}`);
  }

  #opened(): number {
    if (this.#file === undefined) {
      mkdirSync(dirname(this.path), { recursive: true });
      this.#file = openSync(this.path, O_CREAT | O_RDWR, 0o600);
    }
    return this.#file;
  }
}

interface KeptBlocks {
  readonly blocks: number;
  readonly checksum: number;
}

/** The file of a kept history. More blocks in it were written after that one was, and are written again. @throws {UnusableColumns} */
export const keptEventFile = async (path: string, { blocks, checksum }: KeptBlocks): Promise<EventFile> => {
  const file = new EventFile(path, checksum);
  if (blocks === 0) return file;
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new UnusableColumns('its events cannot be opened', { cause });
  });
  try {
    const reading = new Reading(handle);
    const slice = new Uint8Array(sliceBytes);
    for (let left = blocks * bytesInBlock; left > 0; left -= slice.length) await reading.fill(slice.subarray(0, left));
    if (reading.sum !== checksum) throw new UnusableColumns('the checksum of its events is wrong');
  } finally {
    await handle.close();
  }
  return file;
};
