import { proposalKinds, type AnswerOf, type routes } from '@funnel/contracts';
import { comparePositions, logStart, parsePosition } from '@funnel/kernel';
import { SingleBar } from 'cli-progress';
import { Option, type Command } from 'commander';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { call, getJson, query } from '../client.ts';
import { CommandFailed, NoAnswer, Refused } from '../failure.ts';
import { print, remark, table } from '../output.ts';
import { apiUrl } from '../settings.ts';

/** What `GET /api/imports/:id` tells. */
export type ImportJob = AnswerOf<(typeof routes)['getImport']>;
interface ImportOptions {
  readonly mapping?: string;
  readonly format?: string;
  readonly currency?: string;
  readonly timeZone?: string;
  readonly funnel?: string;
  readonly onError: 'stop' | 'skip';
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const blobOf = async (file: string): Promise<Blob> => {
  await access(file, constants.R_OK).catch((cause: Error) => {
    throw new CommandFailed(`${file} cannot be read: ${cause.message}`);
  });
  if (!(await stat(file)).isFile()) throw new CommandFailed(`${file} cannot be read: it is no file`);
  return openAsBlob(file);
};

const importable = /\.(csv|xes)(\.gz)?$/i;
/** A folder stands for the files in it that can be imported. */
const filesIn = async (paths: readonly string[]): Promise<string[]> => {
  const found = await Promise.all(
    paths.map(async (path) => {
      const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
      if (!isFolder) return [path];
      const names = (await readdir(path)).filter((name) => importable.test(name)).toSorted();
      if (names.length === 0) throw new CommandFailed(`${path} holds no file that can be imported (.csv, .xes, .gz)`);
      return names.map((name) => join(path, name));
    }),
  );
  return found.flat();
};

interface SentFile {
  readonly name: string;
  readonly content: Blob;
}
/** What is asked for beside the files. */
interface ImportWish {
  readonly onError: string;
  readonly dryRun?: boolean;
  readonly format?: string;
  readonly currency?: string;
  readonly timeZone?: string;
  readonly funnelId?: string;
}

/** Sends files, with a mapping where there is one; answers the job that was begun. */
export const beginImport = async (
  files: readonly SentFile[],
  mapping: Blob | undefined,
  { dryRun = false, ...wish }: ImportWish,
): Promise<ImportJob> => {
  const form = new FormData();
  if (mapping) form.append('mapping', mapping, 'mapping.json');
  for (const { name, content } of files) form.append('file', content, name);
  const path = `/imports${query({ dryRun, ...wish })}`;
  return (await (await call(path, { method: 'POST', body: form })).json()) as ImportJob;
};

/** An API that fell is up again by then, unless something else is wrong. */
const patienceMs = 60_000;

/** Jobs are kept with the views: where those were lost, only the log knows what the import wrote. */
const orForgotten = (fault: unknown): unknown =>
  fault instanceof Refused && fault.status === 404
    ? new CommandFailed('nobody knows any more how far the import came; run it again to complete it')
    : fault;

/** How far a job is. Asks again for a while where nobody answers: what became of the job is known when the API is back. */
const lookUp = async (id: string): Promise<ImportJob> => {
  for (const since = Date.now(); ; await pause(500)) {
    try {
      return await getJson<ImportJob>(`/imports/${id}`);
    } catch (fault) {
      if (!(fault instanceof NoAnswer) || Date.now() > since + patienceMs) throw orForgotten(fault);
    }
  }
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
  try {
    while (job.status === 'running') {
      await pause(200);
      job = await lookUp(job.id);
      bar.update(job.status === 'done' ? job.bytesTotal : job.bytesRead, figures(job));
    }
  } finally {
    bar.stop();
  }
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

interface ProposedFunnel {
  readonly funnel: { readonly stages: readonly { key: string; label: string; part: string; weight: number }[] };
}
/** The funnel that was made from the files, for people to look over. */
const proposed = ({ mapping, notes }: ImportJob): string => {
  const { funnel } = mapping as unknown as ProposedFunnel;
  const rows = funnel.stages.map(({ key, label, part, weight }) => [key, label, part, weight] as const);
  return [table(['stage', 'label', 'part', 'weight'], rows), ...notes].join('\n');
};

const wishOf = ({ onError, dryRun, format, currency, timeZone, funnel: funnelId }: ImportOptions): ImportWish => ({
  ...{ onError, dryRun, format, currency, timeZone, funnelId },
});

const demandDone = (job: ImportJob): void => {
  if (job.status !== 'done')
    throw new CommandFailed(job.fault ?? `the import was ${job.status}; run it again to complete it`);
  if (job.rowsFailed > 0) throw new CommandFailed(`rows that could not be taken: ${job.rowsFailed}`);
};

const runImport = async (paths: readonly string[], options: ImportOptions): Promise<void> => {
  const files = await Promise.all(
    (await filesIn(paths)).map(async (path) => ({ name: basename(path), content: await blobOf(path) })),
  );
  const mapping = options.mapping === undefined ? undefined : await blobOf(options.mapping);
  const begun = await beginImport(files, mapping, wishOf(options));
  if (!mapping) remark(proposed(begun));
  process.once('SIGINT', () => {
    remark(`\nthe import goes on without this shell: GET ${apiUrl()}/api/imports/${begun.id} tells how far it is`);
    process.exit(130);
  });
  const job = await followImport(begun);
  for (const { file, line, field, value, reason } of job.errors)
    remark(`${file}:${line}: ${field === '' ? 'the row' : `${field} "${value}"`} ${reason}`);
  if (job.status === 'done' && !job.dryRun) await awaitViews(job.position);
  print(options.json ? JSON.stringify(job, null, 2) : summary(job));
  demandDone(job);
};

export const addImport = (program: Command): void => {
  program
    .command('import <files...>')
    .description('import deals from files or a folder of them (CSV, plain or gzipped); twice adds nothing')
    .option('--mapping <file>', 'how their rows become events; proposed from the files when absent')
    .addOption(new Option('--format <kind>', 'what the files are, without a mapping').choices(proposalKinds))
    .option('--currency <code>', 'of the amounts, without a mapping (else the base currency)')
    .option('--time-zone <zone>', "of times without offset, without a mapping (else the company's)")
    .option('--funnel <id>', 'of the funnel that is made, without a mapping')
    .addOption(new Option('--on-error <what>', 'at a bad row').choices(['stop', 'skip']).default('stop'))
    .option('--dry-run', 'read and check everything, write nothing')
    .option('--json', 'answer as JSON')
    .action(runImport);
};
