import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, get, send, until, type Answer } from '../support/client.ts';
import { startProduct, type Product } from '../support/product.ts';

let product: Product;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  product = await startProduct();
  for (const id of ['pumps', 'valves']) {
    const body = { id, title: id, customer: { name: 'North Works' }, funnelId: 'six-step', ownerId: 'mei' };
    await send(product, 'POST', '/api/deals', { ...body, amount: { value: '1000.00', currency: 'CNY' } });
    await send(product, 'POST', `/api/deals/${id}/advance`, { to: 'contact' });
  }
}, 120_000);
afterAll(async () => {
  await product.stop();
  await rm(folder, { recursive: true });
}, 60_000);

const funnel = (line: string, env: NodeJS.ProcessEnv = { FUNNEL_URL: product.url, FUNNEL_TOKEN: product.token }) =>
  spawnSync(process.execPath, ['dist/cli.js', ...line.split(' ')], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
const file = (name: string) => join(folder, name);
interface Line {
  readonly hash?: string;
  readonly previous?: string;
}
const inJson = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>;

describe('an auditor at the shell', () => {
  it('has a root signed, verifies the log with it, and is told whose word that is', () => {
    expect(inJson(funnel('audit root --json').stdout)).toMatchObject({ root: { number: 0 } });
    expect(funnel('audit root').stdout).toContain('nothing was written since the last root');
    const { status, stdout, stderr } = funnel('audit verify --json');
    expect({ status, verdict: inJson(stdout) }).toMatchObject({
      status: 0,
      verdict: { found: 0, unchained: 0, roots: 1, unsealed: 1 },
    });
    expect(stderr).toContain('The roots are the server’s own');
    expect(stderr).toContain('The key is the roots’ own claim');
  });

  it('verifies with roots and a key kept elsewhere, and hears of roots that are not those of this log', async () => {
    funnel(`audit roots --out ${file('roots.ndjson')}`);
    funnel(`audit key --out ${file('key.pem')}`);
    const kept = `audit verify --roots ${file('roots.ndjson')} --key ${file('key.pem')}`;
    expect(funnel(kept)).toMatchObject({ status: 0, stdout: expect.stringContaining('Sound') });
    const text = await readFile(file('roots.ndjson'), 'utf8');
    await writeFile(file('roots.ndjson'), text.replace('["deal-pumps",1', '["deal-pumps",2'));
    const { status, stdout, stderr } = funnel(kept);
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('deal-pumps') });
    expect(stderr).toContain('the log is not sound');
  });

  it('takes the proof of a deal home and checks it without the server', async () => {
    expect(funnel(`audit proof pumps --out ${file('pumps.json')}`).status).toBe(0);
    const alone = { FUNNEL_URL: 'http://127.0.0.1:1', FUNNEL_TOKEN: '' };
    const claimed = funnel(`audit check ${file('pumps.json')}`, alone);
    expect(claimed).toMatchObject({ status: 0, stdout: expect.stringContaining('StageAdvanced') });
    expect(claimed.stderr).toContain('The key is the file’s own claim');
    expect(funnel(`audit check ${file('pumps.json')} --key ${file('key.pem')}`, alone).stderr).toContain(
      'the key given',
    );
    const text = await readFile(file('pumps.json'), 'utf8');
    await writeFile(file('pumps.json'), text.replace('North Works', 'South Works'));
    expect(funnel(`audit check ${file('pumps.json')}`, alone)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('deal-pumps@1 names another predecessor'),
    });
  });

  it('finds the hashes of the proof in the history of the deal', () => {
    funnel(`audit proof valves --out ${file('valves.json')}`);
    const { items } = inJson(funnel('history valves --hashes --limit 1 --json').stdout) as { items: Line[] };
    const all = (inJson(funnel('history valves --hashes --json').stdout) as { items: Line[] }).items;
    expect(all.map(({ hash }) => hash?.length)).toEqual([64, 64]);
    expect(items[0]).toEqual(all[0]);
    expect(all[1]?.previous).toBe(all[0]?.hash);
    const shown = funnel(`audit check ${file('valves.json')}`, { FUNNEL_TOKEN: '' }).stdout;
    const inShort = all.map(({ hash = '' }) => hash.slice(0, 16));
    for (const hash of inShort) expect(shown).toContain(hash);
    for (const hash of inShort) expect(funnel('history valves --hashes').stdout).toContain(hash);
    expect(funnel('history valves').stdout).not.toContain(inShort[0]);
    const plain = inJson(funnel('history valves --json').stdout) as { items: Line[] };
    expect(plain.items[0]).not.toHaveProperty('hash');
  });

  it('is told what is wrong with his files', async () => {
    await writeFile(file('nonsense'), 'nonsense');
    expect(funnel(`audit check ${file('nonsense')}`)).toMatchObject({ status: 1 });
    expect(funnel(`audit verify --key ${file('nonsense')}`).stderr).toContain('expected public Ed25519 keys in PEM');
    expect(funnel(`audit verify --roots ${file('nothing')}`).stderr).toContain('is not there');
    expect(funnel(`audit proof nothing --out ${file('x')}`).stderr).toContain('There is no deal "nothing"');
    for (const asked of ['proof pumps', 'roots', 'key'])
      expect(funnel(`audit ${asked} --out ${file('no/where')}`)).toMatchObject({
        ...{ status: 1, stdout: '' },
        stderr: expect.stringMatching(/^funnel: \S*no\/where cannot be written: ENOENT[^\n]*\n$/),
      });
  });
});

describe('over HTTP', () => {
  it('the verification tells how far it is and what it found', async () => {
    const response = await fetch(`${product.url}/api/audit/verify`, {
      headers: { authorization: `Bearer ${product.token}` },
    });
    const lines = (await response.text()).trim().split('\n').map(inJson);
    expect(lines.at(-1)).toMatchObject({ verdict: { found: 0, roots: 1 } });
  });

  it('a root is no riddle to a forecast', async () => {
    await call(product, '/api/audit/roots', { method: 'POST', body: '{}' });
    const asked = { funnelId: 'six-step', from: '2026-01-01', to: '2026-01-31' };
    const { unreadableEvents } = await send<Answer<'reforecast'>>(product, 'POST', '/api/reforecasts', asked);
    expect(unreadableEvents).toBe(0);
  });

  it('a root is no news that anybody waits for: every view has caught up behind it', async () => {
    await until(
      () => get<Answer<'listViews'>>(product, '/api/views'),
      ({ items }) => items.every(({ caughtUp }) => caughtUp),
    );
  });
});

it('a product whose key is none ends before anything is begun, and says so', async () => {
  const dataFolder = join(folder, 'data');
  await mkdir(join(dataFolder, 'audit'), { recursive: true });
  await writeFile(join(dataFolder, 'audit', 'signing-key.pem'), 'nonsense');
  await expect(startProduct({ dataFolder })).rejects.toThrow(
    /ended with 1[^]*worker did not start[^]*AUDIT_KEY: expected a private Ed25519 key/,
  );
}, 120_000);
