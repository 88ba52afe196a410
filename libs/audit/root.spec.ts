import { generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSigned, noRoot, publicKeys, publicPem, publicText, rootHash, signingKey } from './root.ts';
import { roots } from './root-events.ts';
import { appendRecord, readRecords, type RootRecord } from './roots-file.ts';
import { keyPair, SmallLog } from './testing/small-log.ts';

describe('a signed root', () => {
  it('names who signed it, over all that it says', async () => {
    const log = new SmallLog();
    log.append('deal-a', { turn: 0 });
    const root = await log.sign();
    expect(root).toMatchObject({ number: 0, position: '1', streams: 1, changed: 1, previous: noRoot });
    expect(isSigned(root)).toBe(true);
    for (const change of [
      { at: '2026-07-02T00:00:00.000Z' },
      { streams: 2 },
      { tree: noRoot },
      { previous: root.tree },
    ])
      expect(isSigned({ ...root, ...change })).toBe(false);
    expect(isSigned({ ...root, key: publicText(keyPair()) })).toBe(false);
    expect(isSigned({ ...root, key: 'no key' })).toBe(false);
  });

  it('follows the one before it, and none else is taken', async () => {
    const log = new SmallLog();
    log.append('deal-a', { turn: 0 });
    const first = await log.sign();
    const second = await log.sign();
    expect(second).toMatchObject({ number: 1, previous: rootHash(first) });
    expect(roots.decide(first, null)).toMatchObject({ accepted: true });
    expect(roots.decide(second, first)).toMatchObject({ accepted: true });
    expect(roots.decide(second, null)).toMatchObject({ accepted: false, rejection: 'overtaken' });
    expect(roots.decide(first, first)).toMatchObject({ accepted: false, rejection: 'overtaken' });
  });
});

describe('keys', () => {
  it('are read from PEM, one or several, and are Ed25519', () => {
    const [one, other] = [keyPair(), keyPair()];
    const pem = publicPem(publicText(one)) + publicPem(publicText(other));
    expect(publicKeys(pem)).toEqual([publicText(one), publicText(other)]);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const wrong = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => signingKey(wrong)).toThrow('not Ed25519');
    expect(() => publicKeys(wrong)).toThrow('not Ed25519');
    expect(() => publicKeys('nothing')).toThrow('no key in PEM');
  });
});

describe('the file of the roots', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roots-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const read = async (path: string): Promise<RootRecord[]> => {
    const records: RootRecord[] = [];
    for await (const record of readRecords(path)) records.push(record);
    return records;
  };

  it('gives back what was appended, and nothing where there is none', async () => {
    const log = new SmallLog();
    const path = join(folder, 'roots.ndjson');
    expect(await read(path)).toEqual([]);
    log.append('deal-a', { turn: 0 });
    await log.sign();
    log.append('deal-b', { turn: 0 });
    await log.sign();
    for (const record of log.records) await appendRecord(path, record);
    expect(await read(path)).toEqual(log.records);
  });

  it('is whole again when a record that a crash cut off is appended once more', async () => {
    const log = new SmallLog();
    const path = join(folder, 'roots.ndjson');
    log.append('deal-a', { turn: 0 });
    log.append('deal-b', { turn: 0 });
    await log.sign();
    const [record] = log.records;
    if (!record) throw new Error('there is a root');
    await appendFile(path, `["deal-a",0,"${record.changes.get('deal-a')?.hash}"]\n["deal-`);
    await appendRecord(path, record);
    expect(await read(path)).toEqual([record]);
  });
});
