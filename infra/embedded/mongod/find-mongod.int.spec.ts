import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongod } from './find-mongod.ts';

describe('finding mongod', () => {
  let folder: string;
  const program = (script: string) => writeFileSync(join(folder, 'mongod'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'funnel-find-mongod-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds none where there is none, and none that may not be run', async () => {
    expect(await findMongod(`/nowhere:${folder}`)).toBeUndefined();
    writeFileSync(join(folder, 'mongod'), '', { mode: 0o644 });
    expect(await findMongod(folder)).toBeUndefined();
  });

  it('tells the version of the one on the PATH', async () => {
    program('[ "$*" = --version ] && echo "db version v8.0.4" && echo "Build Info: {}"');
    expect(await findMongod(`/nowhere:${folder}`)).toEqual({ program: join(folder, 'mongod'), version: '8.0.4' });
  });

  it.each([
    ['echo "db version v4.2.25"', 'its version is 4.2.25'],
    ['echo hello', 'it does not tell its version'],
    ['exit 3', 'it does not run: exit code 3'],
    ['kill -ILL $$', 'it does not run: signal SIGILL'],
  ])('finds no use for one that does %j', async (script, problem) => {
    program(script);
    expect(await findMongod(folder)).toEqual({ program: join(folder, 'mongod'), problem });
  });
});
