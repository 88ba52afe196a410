import { SignJWT } from 'jose';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { CommandFailed } from './failure.ts';

export const roles = ['rep', 'manager', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const apiUrl = (): string => (process.env['FUNNEL_URL'] ?? 'http://127.0.0.1:3000').replace(/\/+$/, '');

const secretFile = (): string => join(process.env['FUNNEL_DATA'] ?? '.data', 'auth-secret');

/** The secret that signs tokens: given, or the one that `npm start` keeps in the data folder. */
const secret = (): Uint8Array => {
  const given = process.env['AUTH_SECRET'];
  if (given) return new TextEncoder().encode(given);
  try {
    return new TextEncoder().encode(readFileSync(secretFile(), 'utf8').trim());
  } catch {
    throw new CommandFailed(
      `no way to sign in: set FUNNEL_TOKEN, or AUTH_SECRET, or run this where ${secretFile()} is (FUNNEL_DATA names the folder)`,
    );
  }
};

/** A bearer token for one user with one role. */
export const mintToken = (user: string, role: Role, days: number): Promise<string> =>
  new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setAudience('funnel-ledger')
    .setIssuedAt()
    .setExpirationTime(`${days}d`)
    .sign(secret());

/** The token of this shell: the one given, or one of the local operator, who can read the secret anyway. */
export const shellToken = async (): Promise<string> => {
  const given = process.env['FUNNEL_TOKEN']?.trim();
  if (given === undefined) return mintToken(userInfo().username, 'admin', 1);
  if (/^[\x21-\x7e]+$/.test(given)) return given;
  throw new CommandFailed('FUNNEL_TOKEN is no token; funnel token makes one');
};
