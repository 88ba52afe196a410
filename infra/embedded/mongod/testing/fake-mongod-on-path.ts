import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export interface Play {
  /** It refuses to start. */
  readonly failing?: boolean;
  readonly version?: string;
}

/** Puts a program that plays `mongod` into the folder, and gives back a PATH that begins with it. */
export const fakeMongodOnPath = (folder: string, { failing = false, version = '8.0.4' }: Play = {}): string => {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const program = join(bin, 'play-mongod.mjs');
  const args = ['--bundle', '--platform=node', '--format=esm', '--log-level=error', `--outfile=${program}`];
  execFileSync(resolve('node_modules/.bin/esbuild'), ['infra/embedded/mongod/testing/fake-mongod.ts', ...args]);
  writeFileSync(
    join(bin, 'mongod'),
    `#!/bin/sh\nPLAY_FAILING=${failing} PLAY_VERSION=${version} exec "${process.execPath}" "${program}" "$@"\n`,
    { mode: 0o755 },
  );
  return `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
};
