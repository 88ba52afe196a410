import { auditEvents, readRecords, verifyLog, type RootRecord, type Verdict } from '@funnel/audit';
import { connectEventStore, type EventStore } from '@funnel/event-store';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, counter, counterEvents } from '../../../libs/event-store/testing/counter.ts';
import { StoreProcess } from '../../../libs/event-store/testing/store-process.ts';
import { signRoots, type Signer } from './sign-roots.ts';
import { openSigningKey } from './signing-key.ts';

const key = generateKeyPairSync('ed25519').privateKey;
let server: StoreProcess;
let log: EventStore;
let folder: string;

beforeEach(async () => {
  server = new StoreProcess();
  await server.start();
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  log = connectEventStore({ url: server.url }, { ...counterEvents, ...auditEvents });
});
afterEach(async () => {
  await log.close();
  await server.remove();
  await rm(folder, { recursive: true });
});

const signer = (file = 'one.ndjson'): Signer => ({ log, key, path: join(folder, file), now: Date.now });
const count = (stream: string) => log.execute({ decider: counter, stream, command: { by: 1 }, context: context() });
const recordsOf = async ({ path }: Signer): Promise<RootRecord[]> => {
  const records: RootRecord[] = [];
  for await (const record of readRecords(path)) records.push(record);
  return records;
};
const verify = ({ path }: Signer): Promise<Verdict> =>
  verifyLog({ log: log.sealedLog({}), records: readRecords(path) });

describe('signing roots', () => {
  it('seals what came since the last one, in the log and outside it', async () => {
    await count('deal-a');
    await count('deal-b');
    expect(await signRoots(signer())).toMatchObject({ number: 0, streams: 2, changed: 2 });
    await count('deal-b');
    const second = await signRoots(signer());
    // The first root is an event too, which the second one seals.
    expect(second).toMatchObject({ number: 1, streams: 3, changed: 2 });
    expect((await recordsOf(signer())).map(({ root }) => root.number)).toEqual([0, 1]);
    expect(await verify(signer())).toMatchObject({ roots: 2, lastRoot: second, unsealed: 1, found: 0 });
  });

  it('is not done for nothing', async () => {
    expect(await signRoots(signer())).toBeUndefined();
    await count('deal-a');
    await signRoots(signer());
    expect(await signRoots(signer())).toBeUndefined();
  });

  it('by two workers at once leaves one sequence of roots, and each worker keeps all of them', async () => {
    const [one, other] = [signer('one.ndjson'), signer('other.ndjson')];
    for (let turn = 0; turn < 5; turn += 1) {
      await count(`deal-${turn}`);
      await Promise.all([signRoots(one), signRoots(other)]);
    }
    await count('deal-last');
    await signRoots(one);
    await signRoots(other);
    expect(await recordsOf(one)).toEqual(await recordsOf(other));
    expect(await verify(other)).toMatchObject({ found: 0 });
  });

  it('makes a lost file anew from the log', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await count(`deal-${turn % 2}`);
      await signRoots(signer());
    }
    const kept = await recordsOf(signer());
    await rm(signer().path);
    expect(await signRoots(signer())).toBeUndefined();
    expect(await recordsOf(signer())).toEqual(kept);
  });

  it('goes no further where the file was changed', async () => {
    await count('deal-a');
    await signRoots(signer());
    const text = await readFile(signer().path, 'utf8');
    await writeFile(signer().path, text.replace('"deal-a",0', '"deal-a",1'));
    await count('deal-a');
    await expect(signRoots(signer())).rejects.toThrow('is damaged at root 0');
  });
});

describe('the key that signs', () => {
  it('is made at the first start, for its owner alone, and stays', async () => {
    const path = join(folder, 'audit', 'signing-key.pem');
    const made = openSigningKey(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(openSigningKey(path).equals(made)).toBe(true);
    expect(openSigningKey(await readFile(path, 'utf8')).equals(made)).toBe(true);
  });

  it('is named where it is none', async () => {
    await writeFile(join(folder, 'wrong.pem'), 'nonsense');
    expect(() => openSigningKey(join(folder, 'wrong.pem'))).toThrow(/AUDIT_KEY: expected a private Ed25519 key in PEM/);
  });
});
