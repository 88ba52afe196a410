import { fullBlocksOf, History, unpacking, type Packed, type PackedHead } from '@funnel/forecasting';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { EventFile, eventFilesOf, keptEventFile } from './event-file.ts';
import { Reading, sliceBytes, UnusableColumns } from './kept-file.ts';

/** How far a kept history has come, and by what to know the log it came from. */
export interface Seen {
  /** As `formatPosition` writes it. */
  readonly position: string;
  readonly unreadableEvents: number;
  /** The last event that was seen. */
  readonly last: { readonly stream: string; readonly revision: number; readonly id: string };
}

/** Raised whenever the meaning of the file changes; files of other formats are not read. */
const format = 'funnel-ledger history 7';

interface Head {
  readonly format: string;
  readonly seen: Seen;
  readonly history: PackedHead;
  /** The file beside this one that has the full blocks of events, and their checksum. */
  readonly events: { readonly file: string; readonly checksum: number };
}

/** Writes in slices, between which others have their turn, and adds up the checksum. */
const writeAll = async (file: FileHandle, parts: readonly Uint8Array[]): Promise<void> => {
  let sum = 0;
  for (const part of parts) {
    for (let from = 0; from < part.length; from += sliceBytes) {
      // A copy: the room of a deal may be written to before the disk has it, and the checksum would be wrong.
      const slice = part.slice(from, from + sliceBytes);
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

/** The blocks of a history in a file beside it; they are copied where they are elsewhere. */
const eventsBeside = (path: string, { blocks, head }: Packed): EventFile => {
  if (blocks instanceof EventFile && dirname(blocks.path) === dirname(path)) return blocks;
  const file = EventFile.beside(path);
  for (let block = 0; block < fullBlocksOf(head.events); block += 1) file.put(block, blocks.get(block));
  return file;
};

/** What other histories rested on that were kept here. */
const removeOtherEvents = async (path: string, kept: string): Promise<void> => {
  const [folder, begin] = [dirname(path), basename(eventFilesOf(path))];
  const others = (await readdir(folder)).filter((name) => name.startsWith(begin) && name !== kept);
  for (const name of others) await rm(join(folder, name), { force: true });
};

/** Keeps a history in a file, all of it or nothing. It may go on being read and added to meanwhile. */
export const keepColumns = async (path: string, history: History, seen: Seen): Promise<void> => {
  const packed = history.packed();
  const eventFile = eventsBeside(path, packed);
  const events = { file: basename(eventFile.path), checksum: eventFile.checksum };
  const text = Buffer.from(JSON.stringify({ format, seen, history: packed.head, events } satisfies Head));
  await mkdir(dirname(path), { recursive: true });
  await eventFile.sync();
  const beside = `${path}.${randomUUID()}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await writeAll(file, [uint32(text.length), text, ...packed.columns]);
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  if (eventFile !== packed.blocks) eventFile.close();
  await removeOtherEvents(path, events.file);
};

const headOf = (text: string): Head => {
  try {
    const head = JSON.parse(text) as Partial<Head>;
    if (head.format === format) return head as Head;
  } catch (cause) {
    throw new UnusableColumns('its head cannot be read', { cause });
  }
  throw new UnusableColumns('it is of another version');
};

interface KeptColumns {
  readonly history: History;
  readonly seen: Seen;
  /** Where the history has its full blocks of events, and puts further ones. */
  readonly events: EventFile;
}

const readAll = async (path: string, file: FileHandle): Promise<KeptColumns> => {
  const { size } = await file.stat();
  const reading = new Reading(file);
  const length = (await reading.bytes(4)).readUInt32LE();
  if (length > size) throw new UnusableColumns('its head cannot be read');
  const head = headOf((await reading.bytes(length)).toString());
  const read = unpacking(head.history);
  for (const bytes of read.bytes) await reading.fill(bytes);
  const { sum } = reading;
  if ((await reading.bytes(4)).readUInt32LE() !== sum) throw new UnusableColumns('its checksum is wrong');
  const blocks = fullBlocksOf(head.history.events);
  const { checksum } = head.events;
  const events = await keptEventFile(join(dirname(path), head.events.file), { blocks, checksum });
  return { history: new History(read, events), seen: head.seen, events };
};

/**
 * The history that was kept in a file, and how far it had come; nothing where there is none.
 * @throws {UnusableColumns} where it is damaged or of another version
 */
export const readColumns = async (path: string): Promise<KeptColumns | undefined> => {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new UnusableColumns('it cannot be opened', { cause: error });
  });
  if (!file) return undefined;
  try {
    return await readAll(path, file);
  } finally {
    await file.close();
  }
};
