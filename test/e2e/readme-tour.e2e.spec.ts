import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startProduct, type Product } from '../support/product.ts';

/** The shell block under a heading of the README, as a reader would type it. */
const tour = (): string => {
  const section = readFileSync('README.md', 'utf8').split('\n## A tour\n')[1] ?? '';
  return /```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
};

describe('the tour of the README', () => {
  let product: Product;
  let said: string;
  beforeAll(async () => {
    product = await startProduct();
    const script = tour().replaceAll('http://127.0.0.1:3000', product.url);
    const env = { ...process.env, NODE_OPTIONS: '', FUNNEL_URL: product.url, FUNNEL_DATA: product.dataFolder };
    const walked = spawnSync('bash', ['-eu', '-o', 'pipefail', '-c', script], { encoding: 'utf8', env });
    said = walked.stdout + walked.stderr;
    if (walked.status !== 0) throw new Error(said);
  }, 180_000);
  afterAll(() => product.stop());

  it.each([
    ['adds a prospect', /"id":"press-line","revision":0,"position":"\d+"/],
    ['advances it', /"id":"press-line","revision":1,/],
    ['is refused an unknown stage, and told why', /"code":"stage-unknown"/],
    ['shows the funnel with its amount', /Contact .*5000000\.00/],
    ['shows what happened, when it happened', /2026-07-08T06:00:00\.000Z.*StageAdvanced/],
    ['is alerted, with what to ask', /dwell-press-line-2.*open.*contact.*\?/],
    ['takes care of it', /"id":"dwell-press-line-2","revision":1,/],
    ['sees it resolved once the deal moved on', /dwell-press-line-2.*resolved/],
  ])('%s', (_, sign) => expect(said).toMatch(sign));
});
