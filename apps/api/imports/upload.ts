import '@fastify/multipart';
import type { MappingFile } from '@funnel/importing';
import type { FastifyRequest } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { malformed, ProblemError } from '../problems/problem-error.ts';
import { tablesOf, type RowSource } from './carried-import.ts';
import type { KeptFile, Table } from './files/table.ts';
import { keepFile, maxFileBytes } from './keep-file.ts';

/** Files to import, unpacked on disk, with the mapping that came with them. */
export interface Upload {
  /** Not yet checked; absent when none was sent. */
  readonly mapping: MappingFile | undefined;
  readonly tables: readonly Table[];
  /** The same, for another thread to open again. */
  readonly source: RowSource;
  readonly bytes: number;
  /** Removes what was kept on disk. */
  discard(): Promise<void>;
}

const maxMappingBytes = 1 << 20;
const maxFiles = 20;

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed([{ path: 'mapping', expected: 'JSON', got: text.slice(0, 100) }]);
  }
};

const demandOtherName = (files: readonly KeptFile[], name: string): void => {
  if (files.every((file) => file.name !== name)) return;
  throw malformed([{ path: '$.file', expected: 'files that each have a name of their own', got: name }]);
};

interface Room {
  readonly folder: string;
  /** Whether files may end anywhere. */
  readonly partial: boolean;
}
interface Parts {
  readonly mapping: MappingFile | undefined;
  readonly files: readonly KeptFile[];
}

/** What the reader of forms says of one that is torn, or is none. */
const isOfForm = (fault: unknown): fault is Error =>
  fault instanceof Error && !('statusCode' in fault) && /multipart|part header/i.test(fault.message);

const receiveParts = async (request: FastifyRequest, { folder, partial }: Room): Promise<Parts> => {
  let text: string | undefined;
  const files: KeptFile[] = [];
  const limits = { fileSize: maxFileBytes, fieldSize: maxMappingBytes, files: maxFiles + 1 };
  for await (const part of request.parts({ limits })) {
    if (part.fieldname === 'mapping') {
      text = part.type === 'file' ? (await part.toBuffer()).toString('utf8') : String(part.value);
    } else if (part.fieldname === 'file' && part.type === 'file') {
      const name = part.filename || `file ${files.length + 1}`;
      demandOtherName(files, name);
      files.push(await keepFile(part.file, { name, path: join(folder, `${files.length}`), partial }));
    } else {
      throw malformed([{ path: `$.${part.fieldname}`, expected: 'only the parts "mapping" and "file"' }]);
    }
  }
  if (files.length === 0) throw malformed([{ path: '$.file', expected: 'a part named "file"' }]);
  return { mapping: text === undefined ? undefined : (asJson(text) as MappingFile), files };
};

/** Receives the parts of an import and checks all that can be checked without reading on. @throws {ProblemError} */
export const receiveUpload = async (request: FastifyRequest, partial = false): Promise<Upload> => {
  if (!request.isMultipart()) {
    const detail = 'Expected multipart/form-data with the parts "file" and "mapping".';
    throw new ProblemError('unsupported-media-type', detail);
  }
  const folder = await mkdtemp(join(tmpdir(), 'funnel-import-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    const { mapping, files } = await receiveParts(request, { folder, partial });
    const source: RowSource = { kind: 'files', files };
    const tables = await tablesOf(source);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { mapping, tables, source, bytes, discard };
  } catch (fault) {
    await discard();
    if (!isOfForm(fault)) throw fault;
    throw malformed([{ path: '$', expected: 'a form in multipart/form-data, whole', got: fault.message }]);
  }
};
