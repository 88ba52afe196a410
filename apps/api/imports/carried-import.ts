import type { EventStore } from '@funnel/event-store';
import { mapping, type MappingFile } from '@funnel/importing';
import type { Actor } from '@funnel/kernel';
import type { Documents, ReadStore } from '@funnel/read-store';
import { setTimeout as pause } from 'node:timers/promises';
import type { DemoRequest } from '../demonstration/histories.ts';
import { demonstrationTable } from '../demonstration/told-table.ts';
import { openTable } from './files/open-table.ts';
import type { KeptFile, Table } from './files/table.ts';
import type { ImportJob } from './import-job.ts';
import { runImport } from './run-import.ts';

/** Where rows come from: files that were sent, or a company that is made up while it is read. */
export type RowSource =
  | { readonly kind: 'files'; readonly files: readonly KeptFile[] }
  | { readonly kind: 'demonstration'; readonly request: DemoRequest };

/** An import that was checked and may begin. */
export interface ImportErrand {
  readonly id: string;
  readonly job: ImportJob;
  readonly mapping: MappingFile;
  readonly source: RowSource;
  readonly actor: Actor;
}

interface Surroundings {
  readonly store: Pick<EventStore, 'appendFacts'>;
  readonly views: ReadStore;
  readonly signal: AbortSignal;
}

export const importJobs = (views: ReadStore): Documents<ImportJob> => views.documents<ImportJob>('imports');

export const tablesOf = (source: RowSource): Promise<Table[]> =>
  source.kind === 'files'
    ? Promise.all(source.files.map(openTable))
    : Promise.resolve([demonstrationTable(source.request)]);

/** How often the progress of a job is told to others. */
const tellEveryMs = 300;

/** Keeps telling until the job has ended, and then once more. A view store that is away is told later. */
const tell = async (
  jobs: Documents<ImportJob>,
  { id, job }: ImportErrand,
  { ended, signal }: { ended: AbortSignal; signal: AbortSignal },
): Promise<void> => {
  for (let last = false; ;) {
    job.updatedAt = Date.now();
    const told = await jobs.put(id, job).then(
      () => true,
      () => false,
    );
    if (last && (told || signal.aborted)) return;
    await pause(tellEveryMs, undefined, { signal: ended }).catch(() => undefined);
    last = ended.aborted;
  }
};

/** Runs an import to its end and tells of it meanwhile, whatever comes of it. */
export const carriedImport = async (errand: ImportErrand, { store, views, signal }: Surroundings): Promise<void> => {
  const { id, job, actor, source } = errand;
  const ended = new AbortController();
  const telling = tell(importJobs(views), errand, { ended: ended.signal, signal });
  try {
    const tables = await tablesOf(source);
    await runImport({ id, job, mapping: mapping.parse(errand.mapping), tables, actor, store, signal });
  } catch (fault) {
    Object.assign(job, { status: 'failed', fault: String(fault), finishedAt: Date.now() });
  } finally {
    ended.abort();
    await telling;
  }
};
