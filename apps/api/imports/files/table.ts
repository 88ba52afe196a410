import type { FileHeader, Place, Row } from '@funnel/importing';
import { ProblemError } from '../../problems/problem-error.ts';

/** One record of a file. */
export interface TableRecord extends Place {
  readonly row: Row;
  /** Why the record as a whole cannot be taken. */
  readonly fault?: string | undefined;
}

/** A file as records with columns, whatever it is written in. */
export interface Table extends FileHeader {
  /** From the beginning, each time that it is called. `told` hears how many bytes were read. */
  records(told?: (bytesRead: number) => void): AsyncIterable<TableRecord>;
}

/** A file that was sent, unpacked on disk. */
export interface KeptFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export const unreadable = (file: string, detail: string): ProblemError =>
  new ProblemError('file-unreadable', `${file} ${detail}`);
