import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CommandFailed } from './failure.ts';

const causeOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);

/** The pieces of an answer. @throws {CommandFailed} where it breaks off */
async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* Readable.fromWeb(body as ReadableStream);
  } catch (error) {
    throw new CommandFailed(`the answer broke off (${causeOf(error as Error)}): what came is not all`);
  }
}

const toShell = async (pieces: AsyncIterable<Uint8Array>): Promise<void> => {
  // A pipe that is closed early (`| head`) ends the command without a fault.
  process.stdout.on('error', () => process.exit(0));
  for await (const piece of pieces) await new Promise((done) => process.stdout.write(piece, done));
};

/** Beside the file until it is whole; what is no file, such as a pipe, is written to as it comes. */
const placeFor = async (path: string): Promise<string> => {
  const isFileOrNothing = await stat(path)
    .then((there) => there.isFile())
    .catch(() => true);
  return isFileOrNothing ? `${path}.part` : path;
};

/** Writes into a file, which has its name once it is whole. @throws {CommandFailed} where that cannot be done */
export const saved = async (path: string, pieces: Iterable<string> | AsyncIterable<Uint8Array>): Promise<void> => {
  const target = await realpath(path).catch(() => path);
  const place = await placeFor(target);
  try {
    // Open before anything is asked for: a file still being opened when the pieces break off would come into being
    // after it was removed.
    const file = await open(place, 'w');
    await pipeline(pieces, file.createWriteStream());
    if (place !== target) await rename(place, target);
  } catch (error) {
    if (place !== target) await rm(place, { force: true });
    if (error instanceof CommandFailed) throw error;
    throw new CommandFailed(`${path} cannot be written: ${(error as Error).message}`);
  }
};

/** Writes an answer to a file, or to the shell where none is named, as it comes. @throws {CommandFailed} */
export const saveAnswer = async (answer: Response, path: string | undefined): Promise<void> => {
  const pieces = piecesOf(answer);
  await (path === undefined ? toShell(pieces) : saved(path, pieces));
};
