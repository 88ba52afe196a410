import { open, type FileHandle } from 'node:fs/promises';
import type { Head } from './heads.ts';
import { signedRoot } from './root-events.ts';
import { leafText, type SignedRoot } from './root.ts';

/** A root with the ends of the streams that moved since the root before: all roots together tell the end of every stream. */
export interface RootRecord {
  readonly root: SignedRoot;
  readonly changes: ReadonlyMap<string, Head>;
}

/** The lines of a record: each stream that moved, then the root that seals them. */
function* linesOf({ root, changes }: RootRecord): Generator<string> {
  for (const [stream, head] of changes) yield `${leafText(stream, head)}\n`;
  yield `${JSON.stringify(root)}\n`;
}

/** Adds a record to a file that is only ever appended to, and sees that it is on the disk. */
export const appendRecord = async (path: string, record: RootRecord): Promise<void> => {
  const file = await open(path, 'a');
  try {
    // Ends a line that a crash may have left behind: it is read as nothing.
    await file.write('\n');
    let text = '';
    for (const line of linesOf(record)) {
      text += line;
      if (text.length < 1 << 20) continue;
      await file.write(text);
      text = '';
    }
    await file.write(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};
const isHead = (value: unknown): value is [string, number, string] => Array.isArray(value) && value.length === 3;

/**
 * The records of a file in order. What a crash left half written is passed over; that nothing else is missing is told by
 * the hash over the changes in each root.
 */
export async function* recordsIn(lines: AsyncIterable<string>): AsyncGenerator<RootRecord> {
  let changes = new Map<string, Head>();
  for await (const line of lines) {
    const value = parsed(line);
    const { success, data: root } = signedRoot.safeParse(value);
    if (isHead(value)) changes.set(value[0], { revision: value[1], hash: value[2] });
    if (!success) continue;
    yield { root, changes };
    changes = new Map();
  }
}

const opened = async (path: string): Promise<FileHandle | undefined> => {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** The records of a file; none where there is no file. */
export async function* readRecords(path: string): AsyncGenerator<RootRecord> {
  const file = await opened(path);
  if (!file) return;
  try {
    yield* recordsIn(file.readLines());
  } finally {
    await file.close().catch(() => undefined);
  }
}
