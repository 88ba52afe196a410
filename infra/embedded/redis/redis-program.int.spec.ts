import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './testing/eventually.ts';
import { redisProgram } from './redis-program.ts';

describe('finding redis-server', () => {
  let folder: string;
  const messages: string[] = [];
  const search = (isRoot: boolean) =>
    redisProgram({ machine: { path: folder, isRoot }, onMessage: (message) => messages.push(message) });
  const program = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const aptGet = (script: string) =>
    program('apt-get', `echo "$RUNLEVEL $DEBIAN_FRONTEND $*" >> "${folder}/calls"\n${script}`);
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'funnel-redis-program-'));
    messages.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('takes the one on the PATH and says nothing', async () => {
    program('redis-server', 'exit 0');
    aptGet('exit 1');
    expect(await search(true)).toBe(join(folder, 'redis-server'));
    expect(messages).toEqual([]);
  });

  it('names the exact command where it may not install', async () => {
    aptGet('exit 0');
    await expect(search(false)).rejects.toThrow(
      /not on the PATH[^]*sudo apt-get update && sudo apt-get install -y --no-install-recommends redis-server/,
    );
    expect(() => calls()).toThrow();
  });

  it('names the exact command where there is no package system', async () => {
    await expect(search(true)).rejects.toThrow(/apt-get install[^]*REDIS_URL/);
  });

  it('installs it as root, aloud, without questions and without starting the service of the package', async () => {
    aptGet(
      `case "$*" in *install*) echo "#!/bin/sh" > "${folder}/redis-server"; /bin/chmod 755 "${folder}/redis-server";; esac`,
    );
    expect(await search(true)).toBe(join(folder, 'redis-server'));
    expect(calls()).toEqual([
      '1 noninteractive update',
      '1 noninteractive -o DPkg::Lock::Timeout=60 install -y --no-install-recommends redis-server',
    ]);
    expect(messages[0]).toMatch(/redis-server is missing: installing it with apt-get install/);
  });

  it('passes on why an installation failed, with the command', async () => {
    aptGet('echo "E: Unable to fetch some archives" >&2; exit 100');
    await expect(search(true)).rejects.toThrow(
      /update failed: E: Unable to fetch some archives[^]*sudo apt-get install/,
    );
    expect(calls()).toEqual(['1 noninteractive update']);
  });

  it('does not go on to install once the start is given up', async () => {
    aptGet('exec /bin/sleep 60');
    const giveUp = new AbortController();
    const machine = { path: folder, isRoot: true };
    const searching = redisProgram({ machine, onMessage: () => undefined, signal: giveUp.signal });
    await eventually('the update runs', () => existsSync(join(folder, 'calls')));
    giveUp.abort();
    await expect(searching).rejects.toThrow(/update failed: The operation was aborted/);
    expect(calls()).toEqual(['1 noninteractive update']);
  });

  it('does not even begin when the start is given up before', async () => {
    aptGet('exit 0');
    const machine = { path: folder, isRoot: true };
    const search = redisProgram({ machine, onMessage: () => undefined, signal: AbortSignal.abort() });
    await expect(search).rejects.toThrow('given up');
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });
});
