import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { sendJson } from '../client.ts';
import { demoMapping, header, reps, teams } from '../demo/company.ts';
import { demoRows, type DemoRequest } from '../demo/histories.ts';
import { CommandFailed } from '../failure.ts';
import { print, remark } from '../output.ts';
import { awaitViews, beginImport, followImport } from './import.ts';

interface SeedOptions extends Omit<DemoRequest, 'until'> {
  readonly until?: string;
  readonly json?: boolean;
}

const whole = (name: string, low: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < low) throw new CommandFailed(`${name} must be a whole number from ${low}`);
  return value;
};

/** Midnight UTC of the day, so that two runs on one day make the same company. */
const presentOf = (until: string | undefined): number => {
  const at = Date.parse(until ?? new Date().toISOString().slice(0, 10));
  if (Number.isNaN(at)) throw new CommandFailed(`--until must be a date such as 2026-07-01, not "${until}"`);
  return Math.min(at, Date.now());
};

const csvOf = (request: DemoRequest): Blob => {
  const parts: string[] = [stringify([header])];
  let rows: string[][] = [];
  for (const row of demoRows(request)) {
    rows.push(row);
    if (rows.length === 5_000) {
      parts.push(stringify(rows));
      rows = [];
    }
  }
  return new Blob([...parts, stringify(rows)]);
};

/** Said again, the same people change nothing: the rules take an equal repetition for what it is. */
const people = async (): Promise<void> => {
  for (const team of teams) await sendJson('POST', '/teams', team);
  for (const { id, name, teamId } of reps) await sendJson('POST', '/reps', { id, name, teamId });
};

const quotas = async (years: readonly number[]): Promise<void> => {
  const amount = (value: number) => ({ amount: { value: `${value}.00`, currency: demoMapping.currency } });
  for (const year of years) {
    await sendJson('PUT', `/quotas/company/${year}`, amount(120_000_000));
    for (const { id } of teams) await sendJson('PUT', `/quotas/team-${id}/${year}`, amount(40_000_000));
    for (const { id } of reps) await sendJson('PUT', `/quotas/rep-${id}/${year}`, amount(10_000_000));
  }
};

const seed = async ({ deals, years, seed: number, until, json }: SeedOptions): Promise<void> => {
  const present = presentOf(until);
  remark('teams, reps and quotas …');
  await people();
  const thisYear = new Date(present).getUTCFullYear();
  await quotas(Array.from({ length: years + 1 }, (_, back) => thisYear - back));
  remark(`${deals} deals …`);
  const mapping = new Blob([JSON.stringify(demoMapping)]);
  const file = csvOf({ deals, years, seed: number, until: present });
  const job = await followImport(
    await beginImport([{ name: 'demo.csv', content: file }], mapping, { onError: 'stop' }),
  );
  if (job.status !== 'done') throw new CommandFailed(job.fault ?? `the import was ${job.status}`);
  await awaitViews(job.position);
  print(json ? JSON.stringify(job, null, 2) : `${job.deals} deals, ${job.eventsWritten} events: funnel report demo`);
};

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('a made-up company to look around in')
    .command('seed')
    .description('teams, reps, quotas and years of plausible deals; the same numbers give the same company')
    .option('--deals <n>', 'how many deals', whole('--deals', 1), 1_000)
    .option('--years <n>', 'over how many years', whole('--years', 1), 3)
    .option('--seed <n>', 'which company', whole('--seed', 0), 1)
    .option('--until <date>', 'its present day (default: today)')
    .option('--json', 'answer as JSON')
    .action(seed);
};
