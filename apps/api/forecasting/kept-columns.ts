import { History, unpacking, type PackedHead } from '@funnel/forecasting';
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

/** How far a kept history has come, and by what to know the log it came from. */
export interface Seen {
  /** As `formatPosition` writes it. */
  readonly position: string;
  readonly unreadableEvents: number;
  /** The last event that was seen. */
  readonly last: { readonly stream: string; readonly revision: number; readonly id: string };
}

/** A kept history cannot be used. */
export class UnusableColumns extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UnusableColumns';
  }
}

/** Raised whenever the meaning of the file changes; files of other formats are not read. */
const format = 'funnel-ledger history 3';
const sliceBytes = 8 * 2 ** 20;

interface Head {
  readonly format: string;
  readonly seen: Seen;
  readonly history: PackedHead;
}

/** Writes in slices, between which others have their turn, and adds up the checksum. */
const writeAll = async (file: FileHandle, parts: readonly Uint8Array[]): Promise<void> => {
  let sum = 0;
  for (const part of parts) {
    for (let from = 0; from < part.length; from += sliceBytes) {
      const slice = part.subarray(from, from + sliceBytes);
      sum = crc32(slice, sum);
      await file.writeFile(slice);
    }
  }
  await file.writeFile(uint32(sum));
  await file.datasync();
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Keeps a history in a file, all of it or nothing. It may go on being read and added to meanwhile. */
export const keepColumns = async (path: string, history: History, seen: Seen): Promise<void> => {
  const { head, columns } = history.packed();
  const text = Buffer.from(JSON.stringify({ format, seen, history: head } satisfies Head));
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomUUID()}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await writeAll(file, [uint32(text.length), text, ...columns]);
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
};

/** Reads a file from its beginning and adds up the checksum. */
class Reading {
  readonly #file: FileHandle;
  sum = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws {UnusableColumns} where the file ends before */
  async fill(into: Uint8Array): Promise<void> {
    for (let done = 0; done < into.length;) {
      const slice = into.subarray(done, done + sliceBytes);
      const { bytesRead } = await this.#file.read(slice, 0, slice.length);
      if (bytesRead === 0) throw new UnusableColumns('it ends too early');
      this.sum = crc32(slice.subarray(0, bytesRead), this.sum);
      done += bytesRead;
    }
  }

  async bytes(length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.fill(bytes);
    return bytes;
  }
}

const headOf = (text: string): Head => {
  try {
    const head = JSON.parse(text) as Partial<Head>;
    if (head.format === format) return head as Head;
  } catch (cause) {
    throw new UnusableColumns('its head cannot be read', { cause });
  }
  throw new UnusableColumns('it is of another version');
};

const readAll = async (file: FileHandle): Promise<{ history: History; seen: Seen }> => {
  const { size } = await file.stat();
  const reading = new Reading(file);
  const length = (await reading.bytes(4)).readUInt32LE();
  if (length > size) throw new UnusableColumns('its head cannot be read');
  const head = headOf((await reading.bytes(length)).toString());
  const read = unpacking(head.history);
  for (const bytes of read.bytes) await reading.fill(bytes);
  const { sum } = reading;
  if ((await reading.bytes(4)).readUInt32LE() !== sum) throw new UnusableColumns('its checksum is wrong');
  return { history: new History(read), seen: head.seen };
};

/**
 * The history that was kept in a file, and how far it had come; nothing where there is none.
 * @throws {UnusableColumns} where it is damaged or of another version
 */
export const readColumns = async (path: string): Promise<{ history: History; seen: Seen } | undefined> => {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new UnusableColumns('it cannot be opened', { cause: error });
  });
  if (!file) return undefined;
  try {
    return await readAll(file);
  } finally {
    await file.close();
  }
};
