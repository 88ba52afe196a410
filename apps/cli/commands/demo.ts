import type { Command } from 'commander';
import { sendJson } from '../client.ts';
import { CommandFailed } from '../failure.ts';
import { print, remark } from '../output.ts';
import { awaitViews, followImport, type ImportJob } from './import.ts';

interface SeedOptions {
  readonly deals: number;
  readonly years: number;
  readonly seed: number;
  readonly until?: string;
  readonly json?: boolean;
}

const whole = (name: string, low: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < low) throw new CommandFailed(`${name} must be a whole number from ${low}`);
  return value;
};

const seed = async ({ json, ...wanted }: SeedOptions): Promise<void> => {
  remark(`${wanted.deals} deals …`);
  const job = await followImport(await sendJson<ImportJob>('POST', '/demonstration', wanted));
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
