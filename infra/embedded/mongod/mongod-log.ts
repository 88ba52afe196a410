import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export const logFile = (folder: string): string => join(folder, 'mongod.log');

/** Each start begins a log of its own; the one before is kept. */
export const putLogAside = (folder: string): void => {
  const file = logFile(folder);
  if (existsSync(file)) renameSync(file, `${file}.before`);
};

const mostLines = 5;

/** The latest errors in the log, in words. */
export const latestErrors = (folder: string): string[] => {
  const file = logFile(folder);
  if (!existsSync(file)) return [];
  const errors = readFileSync(file, 'utf8').split('\n').flatMap(errorOf).slice(-mostLines);
  return [...errors, `All of its log: ${file}`];
};

interface Entry {
  readonly s?: unknown;
  readonly msg?: unknown;
  readonly attr?: { readonly error?: unknown };
}

const errorOf = (line: string): string[] => {
  const { s, msg, attr } = entryOf(line);
  if (s !== 'E' && s !== 'F') return [];
  const { error } = attr ?? {};
  const detail = typeof error === 'object' ? ((error as { errmsg?: unknown }).errmsg ?? error) : error;
  return [detail === undefined ? String(msg) : `${String(msg)}: ${textOf(detail)}`];
};

const textOf = (detail: unknown): string => (typeof detail === 'string' ? detail : JSON.stringify(detail));

const entryOf = (line: string): Entry => {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return {};
  }
};
