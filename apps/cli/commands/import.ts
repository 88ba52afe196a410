import type { AnswerOf, routes } from '@funnel/contracts';
import { comparePositions, logStart, parsePosition } from '@funnel/kernel';
import { SingleBar } from 'cli-progress';
import { Option, type Command } from 'commander';
import { access, constants } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { call, getJson, query } from '../client.ts';
import { CommandFailed } from '../failure.ts';
import { print, remark, table } from '../output.ts';

/** What `GET /api/imports/:id` tells. */
export type ImportJob = AnswerOf<(typeof routes)['getImport']>;
interface ImportOptions {
  readonly mapping: string;
  readonly onError: 'stop' | 'skip';
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const blobOf = async (file: string): Promise<Blob> => {
  await access(file, constants.R_OK).catch((cause: Error) => {
    throw new CommandFailed(`${file} cannot be read: ${cause.message}`);
  });
  return openAsBlob(file);
};

/** Sends a file with its mapping; answers the job that was begun. */
export const beginImport = async (
  parts: { file: Blob; name: string; mapping: Blob },
  options: { dryRun?: boolean; onError: string },
): Promise<ImportJob> => {
  const form = new FormData();
  form.append('mapping', parts.mapping, 'mapping.json');
  form.append('file', parts.file, parts.name);
  const path = `/imports${query({ dryRun: options.dryRun ?? false, onError: options.onError })}`;
  return (await (await call(path, { method: 'POST', body: form })).json()) as ImportJob;
};

/** Follows a job to its end, showing how far it is. */
export const followImport = async (begun: ImportJob): Promise<ImportJob> => {
  const started = Date.now();
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {rows} rows | {events} events | {rate}/s',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 2_000,
  });
  const figures = ({ rowsRead, eventsWritten, eventsKnown }: ImportJob) => {
    const events = eventsWritten + eventsKnown;
    return { rows: rowsRead, events, rate: Math.round((events * 1_000) / Math.max(1, Date.now() - started)) };
  };
  bar.start(Math.max(1, begun.bytesTotal), begun.bytesRead, figures(begun));
  let job = begun;
  while (job.status === 'running') {
    await pause(200);
    job = await getJson<ImportJob>(`/imports/${job.id}`);
    bar.update(job.status === 'done' ? job.bytesTotal : job.bytesRead, figures(job));
  }
  bar.stop();
  return job;
};

/** Waits until every view has seen what the import wrote, so that the next report tells it. */
export const awaitViews = async (position: string): Promise<void> => {
  const target = parsePosition(position) ?? logStart;
  const behind = async () => {
    const { items } = await getJson<AnswerOf<(typeof routes)['listViews']>>('/views');
    return items.some((view) => comparePositions(parsePosition(view.position) ?? logStart, target) < 0);
  };
  while (await behind()) await pause(200);
};

const summary = (job: ImportJob): string => {
  const rows: [string, number][] = [
    ['rows read', job.rowsRead],
    ['rows ignored', job.rowsIgnored],
    ['rows failed', job.rowsFailed],
    ['deals', job.deals],
    [job.dryRun ? 'events that would be written' : 'events written', job.eventsWritten],
    ['events known before', job.eventsKnown],
    ...Object.entries(job.eventsByType).map(([type, count]): [string, number] => [`· ${type}`, count]),
  ];
  return table(['import', 'count'], rows);
};

const runImport = async (file: string, options: ImportOptions): Promise<void> => {
  const parts = { file: await blobOf(file), name: basename(file), mapping: await blobOf(options.mapping) };
  const job = await followImport(await beginImport(parts, options));
  for (const { line, field, value, reason } of job.errors) remark(`${file}:${line}: ${field} "${value}" ${reason}`);
  if (job.status === 'done' && !job.dryRun) await awaitViews(job.position);
  print(options.json ? JSON.stringify(job, null, 2) : summary(job));
  if (job.status !== 'done')
    throw new CommandFailed(job.fault ?? `the import was ${job.status}; run it again to complete it`);
  if (job.rowsFailed > 0) throw new CommandFailed(`${job.rowsFailed} rows could not be taken`);
};

export const addImport = (program: Command): void => {
  program
    .command('import <file>')
    .description('import an event log (CSV, plain or gzipped); twice adds nothing, after a break it completes')
    .requiredOption('--mapping <file>', 'how its rows become events')
    .addOption(new Option('--on-error <what>', 'at a bad row').choices(['stop', 'skip']).default('stop'))
    .option('--dry-run', 'read and check everything, write nothing')
    .option('--json', 'answer as JSON')
    .action(runImport);
};
