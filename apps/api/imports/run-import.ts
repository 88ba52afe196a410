import type { EventStore, Fact } from '@funnel/event-store';
import {
  createInterpreter,
  type ImportedEvent,
  type Mapping,
  type Row,
  type RowError,
  type RowOutcome,
} from '@funnel/importing';
import type { Actor } from '@funnel/kernel';
import { parse, type CsvError, type InfoRecord, type InfoDataSet } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { v5 } from 'uuid';
import { FactWriter } from './fact-writer.ts';
import { countIn, tellError, type ImportJob } from './import-job.ts';

const namespace = '4f5c6f5e-7c6b-4b52-9f0d-2f1d7c1f9a11';

export interface ImportRun {
  readonly store: Pick<EventStore, 'appendFacts'>;
  /** Told while it goes on. */
  readonly job: ImportJob;
  readonly id: string;
  readonly mapping: Mapping;
  readonly path: string;
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

interface ReadRow {
  readonly record: Row;
  readonly info: InfoRecord & InfoDataSet & { readonly lines: number; readonly error?: CsvError };
}

/** A bad row at which the import was told to stop. */
class BadRow extends Error {}

const inWords = ({ line, field, value, reason }: RowError) => `line ${line}: ${field} "${value}" ${reason}`;

/** Names the events of rows: the same row, in whatever import, is the same event. */
const toFacts = ({ id, actor, mapping }: ImportRun) => {
  const recordedAt = Date.now();
  return (dealId: string, events: readonly ImportedEvent[]): Fact[] =>
    events.map(({ key, at, event }) => {
      const eventId = v5(`${mapping.funnel.id}\u001f${dealId}\u001f${key}`, namespace);
      return {
        ...event,
        id: eventId,
        at,
        recordedAt,
        actor,
        commandId: eventId,
        correlationId: id,
        causationId: eventId,
      };
    });
};

const unevenRow = ({ info }: ReadRow): RowOutcome | undefined =>
  info.error && {
    kind: 'error',
    error: { line: info.lines, field: '', value: '', reason: 'has another number of fields than the header' },
  };

const take = (run: ImportRun, outcome: RowOutcome): void => {
  const { job } = run;
  job.rowsRead += 1;
  switch (outcome.kind) {
    case 'ignored':
      job.rowsIgnored += 1;
      return countIn(job.ignoredBecause, outcome.because);
    case 'error':
      tellError(job, outcome.error);
      if (job.onError === 'stop') throw new BadRow(inWords(outcome.error));
      return;
    case 'events':
      for (const { event } of outcome.events) {
        countIn(job.eventsByType, event.type);
        if (event.type === 'ProspectAdded') job.deals += 1;
      }
  }
};

const readRows = async (run: ImportRun, writer: FactWriter): Promise<void> => {
  const { job, mapping, path, signal } = run;
  const interpret = createInterpreter(mapping);
  const factsOf = toFacts(run);
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const rows = parse({
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim()),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  file.once('error', (fault) => rows.destroy(fault));
  for await (const row of file.pipe(rows) as AsyncIterable<ReadRow>) {
    signal.throwIfAborted();
    job.bytesRead = file.bytesRead;
    const outcome = unevenRow(row) ?? interpret(row.record, row.info.lines);
    take(run, outcome);
    if (outcome.kind !== 'events') continue;
    if (job.dryRun) job.eventsWritten += outcome.events.length;
    else await writer.add(outcome.dealId, factsOf(outcome.dealId, outcome.events));
  }
};

const endOf = (run: ImportRun, fault: unknown): Pick<ImportJob, 'status' | 'fault'> => {
  const reason = fault instanceof Error ? fault.message : String(fault);
  if (fault instanceof BadRow) return { status: 'stopped', fault: reason };
  if (run.signal.aborted) return { status: 'interrupted', fault: 'the server was stopped' };
  return { status: 'failed', fault: reason };
};

/** Reads the file and appends its events. Ends with a status, never by throwing; what was read before is written. */
export const runImport = async (run: ImportRun): Promise<void> => {
  const { job, store } = run;
  const writer = new FactWriter(store, job);
  let end: Pick<ImportJob, 'status' | 'fault'> = { status: 'done', fault: null };
  try {
    await readRows(run, writer);
  } catch (fault) {
    end = endOf(run, fault);
  }
  try {
    await writer.finish();
  } catch (fault) {
    end = endOf(run, fault);
  }
  if (end.status === 'done') job.bytesRead = job.bytesTotal;
  Object.assign(job, end, { finishedAt: Date.now() });
};
