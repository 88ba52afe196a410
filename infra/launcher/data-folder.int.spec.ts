import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDataFolder } from './data-folder.ts';

describe('the data folder', () => {
  let parent: string;
  let path: string;
  const holders: ChildProcess[] = [];

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'funnel-data-'));
    path = join(parent, 'deep', 'data');
  });
  afterEach(() => {
    holders.splice(0).forEach((holder) => holder.kill('SIGKILL'));
    rmSync(parent, { recursive: true });
  });

  const holdElsewhere = async () => {
    const script = `
      import { openDataFolder } from ${JSON.stringify(resolve('infra/launcher/data-folder.ts'))};
      openDataFolder(${JSON.stringify(path)});
      console.log('held');
      setInterval(() => {}, 1_000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    holders.push(holder);
    await once(holder.stdout, 'data');
    return holder;
  };

  it('is created, and can be opened again after its release', () => {
    openDataFolder(path).release();
    openDataFolder(path).release();
  });

  it('is refused while another process holds it, and taken over once that process was killed', async () => {
    const holder = await holdElsewhere();
    expect(() => openDataFolder(path)).toThrow(`The data folder ${path} is in use by process ${holder.pid}:`);
    holder.kill('SIGKILL');
    await once(holder, 'close');
    openDataFolder(path).release();
  });

  it('keeps one secret, readable by its owner only', () => {
    const folder = openDataFolder(path);
    const secret = folder.authSecret();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(statSync(join(path, 'auth-secret')).mode & 0o777).toBe(0o600);
    expect(folder.authSecret()).toBe(secret);
    folder.release();
  });

  it('does not go on with a damaged secret', () => {
    const folder = openDataFolder(path);
    writeFileSync(join(path, 'auth-secret'), '');
    expect(() => folder.authSecret()).toThrow(/auth-secret is damaged[^]*Remove it/);
    folder.release();
  });

  it('says so when it cannot be created or written', () => {
    writeFileSync(join(parent, 'deep'), 'a file');
    expect(() => openDataFolder(path)).toThrow(/cannot be written \(ENOTDIR[^]*FUNNEL_DATA/);
    expect(() => openDataFolder(join(parent, 'deep'))).toThrow(/cannot be written \(EEXIST[^]*FUNNEL_DATA/);
    expect(() => openDataFolder('/sys/funnel')).toThrow(/cannot be written/);
  });

  it('says so when its lock is damaged', () => {
    openDataFolder(path).release();
    const lock = join(path, 'launcher.lock');
    writeFileSync(lock, 'x'.repeat(5_000));
    expect(() => openDataFolder(path)).toThrow(/launcher.lock is damaged[^]*remove it/);
    expect(readFileSync(lock, 'utf8')).toHaveLength(5_000);
  });
});
