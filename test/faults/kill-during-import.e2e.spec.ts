import { demoMapping, header } from '../../apps/api/demonstration/company.ts';
import { demoRows } from '../../apps/api/demonstration/histories.ts';
import {
  beginImport,
  endOfImport,
  get,
  until,
  viewsHaveSeen,
  type Answer,
  type Job,
  type Parts,
} from '../support/client.ts';
import { processNames, startProduct, type Product } from '../support/product.ts';

const present = Date.parse('2026-07-01T00:00:00Z');
/** A history of its own for each process that is killed. */
const company = (seed: number): Parts => {
  const rows = [header, ...demoRows({ deals: 600, years: 2, seed, until: present })];
  const csv = rows.map((row) => row.map((field) => `"${field}"`).join(',')).join('\n');
  return {
    file: new Blob([csv]),
    mapping: new Blob([JSON.stringify({ ...demoMapping, funnel: { ...demoMapping.funnel, id: `f${seed}` } })]),
  };
};

const report = async (product: Product, seed: number) => {
  const path = `/api/funnels/f${seed}/report?asOf=${encodeURIComponent('2026-07-01T00:00:00Z')}`;
  const { position: _, id: __, ...figures } = await get<Answer<'reportFunnel'>>(product, path);
  return figures;
};

/** The same rows under another deal name and funnel: what an import that nobody disturbs comes to. */
const undisturbed = async (product: Product, seed: number) => {
  const job = await endOfImport(product, await beginImport(product, company(seed)));
  await viewsHaveSeen(product, job.position);
  return { job, figures: await report(product, seed) };
};

/** Sends the file again and again, as a person would, until it went through. */
const completed = (product: Product, parts: Parts): Promise<Job> =>
  until(
    async () => {
      try {
        return await endOfImport(product, await beginImport(product, parts));
      } catch {
        return undefined;
      }
    },
    (job) => job?.status === 'done',
    120,
  ) as Promise<Job>;

describe('an import during which a process is killed', () => {
  let disturbed: Product;
  let quiet: Product;
  beforeAll(async () => {
    disturbed = await startProduct();
    quiet = await startProduct();
  }, 120_000);
  afterAll(async () => {
    await disturbed.stop();
    await quiet.stop();
  });

  it.each(processNames.map((name, index) => [name, index + 1] as const))(
    'comes to the same in the end: %s',
    async (name, seed) => {
      const parts = company(seed);
      const begun = await beginImport(disturbed, parts);
      await until(
        () => get<Job>(disturbed, `/api/imports/${begun.id}`).catch(() => begun),
        ({ eventsWritten, status }) => eventsWritten > 500 || status !== 'running',
      );
      const killed = (await disturbed.processes())[name];
      process.kill(killed, 'SIGKILL');
      const job = await completed(disturbed, parts);
      await viewsHaveSeen(disturbed, job.position);
      const expected = await undisturbed(quiet, seed);
      expect(job.eventsWritten + job.eventsKnown).toBe(expected.job.eventsWritten);
      expect(await report(disturbed, seed)).toEqual(expected.figures);
      const another = (await disturbed.processes())[name];
      expect(another).toBeGreaterThan(0);
      expect(another).not.toBe(killed);
    },
    240_000,
  );
});
