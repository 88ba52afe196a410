import '@fastify/multipart';
import { mapping, missingColumns, type Mapping } from '@funnel/importing';
import { read } from '@funnel/contracts';
import { parse } from 'csv-parse';
import type { FastifyRequest } from 'fastify';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { malformed, ProblemError } from '../problems/problem-error.ts';

/** A file to import, unpacked on disk, with its mapping. */
export interface Upload {
  readonly mapping: Mapping;
  readonly fileName: string;
  readonly path: string;
  /** Removes what was kept on disk. */
  discard(): Promise<void>;
}

const maxMappingBytes = 1 << 20;
const maxFileBytes = 4 * 1024 ** 3;

const unreadable = (detail: string): ProblemError => new ProblemError('file-unreadable', detail);
const partMissing = (part: string) => malformed([{ path: `$.${part}`, expected: `a part named "${part}"` }]);

const parseMapping = (text: string): Mapping => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw malformed([{ path: 'mapping', expected: 'JSON', got: text.slice(0, 100) }]);
  }
  const reading = read(mapping, json, 'mapping');
  if (!reading.ok) throw malformed(reading.faults);
  return reading.value;
};

const isGzip = (start: Buffer | undefined): boolean => start?.[0] === 0x1f && start[1] === 0x8b;

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

/** Writes a file to disk, unpacked where it is gzipped: a damaged archive is found before anything is imported. */
const keep = async (file: Readable, path: string): Promise<void> => {
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { value: start, done } = (await chunks.next()) as IteratorResult<Buffer, undefined>;
  if (done || start === undefined) throw unreadable('The file is empty; expected CSV with a header.');
  const whole = Readable.from(
    (async function* () {
      yield start;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })(),
  );
  const sink = [atMost(maxFileBytes), createWriteStream(path)] as const;
  try {
    if (isGzip(start)) await pipeline(whole, createGunzip(), ...sink);
    else await pipeline(whole, ...sink);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw unreadable(`The file cannot be unpacked: ${(cause as Error).message}.`);
  }
};

const headerOf = async (path: string): Promise<string[]> => {
  const rows = createReadStream(path).pipe(parse({ bom: true, to: 1, relax_column_count: true }));
  try {
    for await (const row of rows) return (row as string[]).map((column) => column.trim());
  } catch (cause) {
    throw unreadable(`The file is no CSV: ${(cause as Error).message}.`);
  }
  throw unreadable('The file is empty; expected CSV with a header.');
};

const demandColumns = async (upload: Pick<Upload, 'mapping' | 'path'>): Promise<void> => {
  const header = await headerOf(upload.path);
  if (header.some((column) => column.includes('\0'))) throw unreadable('The file is no text; expected CSV.');
  const [missing, ...others] = missingColumns(upload.mapping, header);
  if (!missing) return;
  const detail = `The mapping names column "${missing.column}" for "${missing.role}"; the file has ${header.join(', ')}.`;
  const errors = [missing, ...others].map(({ role, column }) => ({
    path: `mapping.columns.${role}`,
    expected: `one of ${header.join(', ')}`,
    got: column,
  }));
  throw new ProblemError('mapping-column-missing', detail, { errors });
};

const receiveParts = async (request: FastifyRequest, path: string) => {
  let mappingText: string | undefined;
  let fileName: string | undefined;
  for await (const part of request.parts({
    limits: { fileSize: maxFileBytes, fieldSize: maxMappingBytes, files: 2 },
  })) {
    if (part.fieldname === 'mapping') {
      mappingText = part.type === 'file' ? (await part.toBuffer()).toString('utf8') : String(part.value);
    } else if (part.fieldname === 'file' && part.type === 'file') {
      fileName = part.filename;
      await keep(part.file, path);
    } else {
      throw malformed([{ path: `$.${part.fieldname}`, expected: 'only the parts "mapping" and "file"' }]);
    }
  }
  if (mappingText === undefined) throw partMissing('mapping');
  if (fileName === undefined) throw partMissing('file');
  return { mapping: parseMapping(mappingText), fileName };
};

/** Receives the parts of an import and checks all that can be checked before the first row. @throws {ProblemError} */
export const receiveUpload = async (request: FastifyRequest): Promise<Upload> => {
  if (!request.isMultipart()) {
    throw new ProblemError(
      'unsupported-media-type',
      'Expected multipart/form-data with the parts "mapping" and "file".',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'funnel-import-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'rows.csv');
    const received = await receiveParts(request, path);
    await demandColumns({ ...received, path });
    return { ...received, path, discard };
  } catch (problem) {
    await discard();
    throw problem;
  }
};
