import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStart } from './cannot-start.ts';

export interface DataFolder {
  readonly path: string;
  /** Whether nothing was ever kept there. */
  readonly isNew: boolean;
  /** The secret kept in the folder, made on first use: 32 random bytes, readable by its owner only. */
  authSecret(): string;
  release(): void;
}

/**
 * Creates the folder where it is missing and locks it against a second launcher. The lock is the operating system's,
 * through an exclusive SQLite transaction, so it ends with this process however that ends. Throws
 * {@link CannotStart} when the folder is in use, cannot be written or is damaged.
 */
export const openDataFolder = (path: string): DataFolder => {
  create(path);
  const isNew = readdirSync(path).length === 0;
  const lock = lockFolder(path);
  writeFileSync(holderFile(path), String(process.pid));
  return { path, isNew, authSecret: () => authSecret(path), release: () => lock.close() };
};

const holderFile = (path: string): string => join(path, 'launcher.pid');

const create = (path: string): void => {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new CannotStart(
      `The data folder ${path} cannot be written (${(error as Error).message}). Give another one with FUNNEL_DATA.`,
      { cause: error },
    );
  }
};

const lockFolder = (path: string): DatabaseSync => {
  const file = join(path, 'launcher.lock');
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    throw new CannotStart(isBusy(error) ? inUse(path) : unlockable(file, error), { cause: error });
  }
};

const sqliteBusy = 5;
const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === sqliteBusy;

const inUse = (path: string): string =>
  `The data folder ${path} is in use by ${holder(path)}: Funnel Ledger runs on it already. ` +
  'Stop that one first, or give another folder with FUNNEL_DATA (and another PORT).';

const holder = (path: string): string => {
  const pid = existsSync(holderFile(path)) ? readFileSync(holderFile(path), 'utf8') : '';
  return pid ? `process ${pid}` : 'another process';
};

const unlockable = (file: string, error: unknown): string =>
  `The data folder cannot be locked: ${file} is damaged (${(error as Error).message}). ` +
  'That file holds no data: remove it and start again.';

const authSecret = (path: string): string => {
  const file = join(path, 'auth-secret');
  if (!existsSync(file)) keepSecret(file, randomBytes(32).toString('base64url'));
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length >= 32) return secret;
  throw new CannotStart(
    `${file} is damaged: it should hold at least 32 characters. ` +
      'Remove it for a new secret (everybody signs in anew), or set AUTH_SECRET.',
  );
};

/** Under its final name only once it is complete. */
const keepSecret = (file: string, secret: string): void => {
  writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};
