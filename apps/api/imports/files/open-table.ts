import { open } from 'node:fs/promises';
import { openCsv } from './csv.ts';
import { openXes } from './xes.ts';
import { unreadable, type KeptFile, type Table } from './table.ts';

const startOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ length: 4_096 });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/** @throws {ProblemError} `file-unreadable` */
export const openTable = async (file: KeptFile): Promise<Table> => {
  const start = await startOf(file.path);
  if (start.includes('\0')) throw unreadable(file.name, 'is no text; expected CSV or XES.');
  return /^\uFEFF?\s*</.test(start) ? openXes(file) : openCsv(file, start);
};
