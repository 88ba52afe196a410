import { open, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip } from 'node:zlib';
import { ProblemError } from '../problems/problem-error.ts';
import { unreadable, type KeptFile } from './files/table.ts';
import { onlyUtf8 } from './only-utf8.ts';

export const maxFileBytes = 4 * 1024 ** 3;

const isGzip = (start: Buffer): boolean => start[0] === 0x1f && start[1] === 0x8b;

const atMost = (bytes: number): Transform => {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _, done) => {
      seen += chunk.length;
      const detail = `The file is larger than ${bytes} bytes; split it.`;
      done(seen > bytes ? new ProblemError('payload-too-large', detail) : null, chunk);
    },
  });
};

interface Place extends Omit<KeptFile, 'bytes'> {
  /** Whether the file may end anywhere, also within its archive. */
  readonly partial: boolean;
}

/** Writes a file to disk, unpacked where it is gzipped: a damaged archive is found before anything is imported. */
export const keepFile = async (file: Readable, place: Place): Promise<KeptFile> => {
  const { name, path, partial } = place;
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { value: start, done } = (await chunks.next()) as IteratorResult<Buffer, undefined>;
  if (done || start === undefined) throw unreadable(name, 'is empty; expected CSV with a header.');
  const whole = Readable.from(
    (async function* () {
      yield start;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })(),
  );
  // Open before the file comes: one still being opened would come into being while its folder is removed.
  const sink = [atMost(maxFileBytes), onlyUtf8(place), (await open(path, 'w')).createWriteStream()] as const;
  try {
    if (isGzip(start))
      await pipeline(whole, createGunzip(partial ? { finishFlush: constants.Z_SYNC_FLUSH } : {}), ...sink);
    else await pipeline(whole, ...sink);
  } catch (cause) {
    // A disk that is full, or a client that goes, says nothing about the file.
    if (!(cause as NodeJS.ErrnoException).code?.startsWith('Z_')) throw cause;
    throw unreadable(name, `cannot be unpacked: ${(cause as Error).message}.`);
  }
  return { name, path, bytes: (await stat(path)).size };
};
