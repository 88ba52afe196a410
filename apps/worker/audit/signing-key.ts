import { signingKey } from '@funnel/audit';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The key that signs roots: given as PEM, or in a file that is made where it is missing, for its owner's eyes only. */
export const openSigningKey = (given: string): KeyObject => {
  const isPem = given.trimStart().startsWith('-----BEGIN');
  if (!isPem && !existsSync(given)) makeKey(given);
  try {
    return signingKey(isPem ? given : readFileSync(given, 'utf8'));
  } catch (cause) {
    const which = isPem ? 'the key given' : given;
    throw new Error(`AUDIT_KEY: expected a private Ed25519 key in PEM; ${which}: ${(cause as Error).message}`, {
      cause,
    });
  }
};

/** Under its final name only once it is complete. */
const makeKey = (path: string): void => {
  const { privateKey } = generateKeyPairSync('ed25519');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
};
