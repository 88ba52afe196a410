import type { EventStore, Fact } from '@funnel/event-store';
import {
  createInterpreter,
  knownOtherwise,
  type ImportedEvent,
  type Mapping,
  type RowError,
  type RowOutcome,
  type Saying,
} from '@funnel/importing';
import type { Actor } from '@funnel/kernel';
import { v5 } from 'uuid';
import { FactWriter, type RowPlace } from './fact-writer.ts';
import type { Table, TableRecord } from './files/table.ts';
import { countIn, distinctRows, tellError, type ImportJob } from './import-job.ts';
import { readSayings } from './read-sayings.ts';
import { Shelf } from './shelf.ts';

const namespace = '4f5c6f5e-7c6b-4b52-9f0d-2f1d7c1f9a11';

export interface ImportRun {
  readonly store: Pick<EventStore, 'appendFacts'>;
  /** Told while it goes on. */
  readonly job: ImportJob;
  readonly id: string;
  readonly mapping: Mapping;
  readonly tables: readonly Table[];
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/** A bad row at which the import was told to stop. */
class BadRow extends Error {}

const inWords = ({ file, line, field, value, reason }: RowError) =>
  `${file}, line ${line}: ${field === '' ? 'the row' : `${field} "${value}"`} ${reason}`;

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
        begins: event.type === 'ProspectAdded',
      };
    });
};

/** Counts what rows came to. @throws {BadRow} */
const taker = ({ job }: ImportRun) => {
  const isNew = distinctRows();
  return (outcome: RowOutcome): void => {
    switch (outcome.kind) {
      case 'ignored':
        job.rowsIgnored += 1;
        return countIn(job.ignoredBecause, outcome.because);
      case 'error':
        if (isNew(outcome.error)) tellError(job, outcome.error);
        if (job.onError === 'stop') throw new BadRow(inWords(outcome.error));
        return;
      case 'events':
        for (const { event } of outcome.events) {
          countIn(job.eventsByType, event.type);
          if (event.type === 'ProspectAdded') job.deals += 1;
        }
    }
  };
};

/** Bytes read of each file; sorted files are only half done when they are read. */
const byteCounter = ({ job, mapping }: ImportRun) => {
  const read = new Map<string, number>();
  const share = mapping.order === 'time' ? 0.5 : 1;
  return ({ file }: TableRecord, bytes: number): void => {
    read.set(file, bytes);
    job.rowsRead += 1;
    job.bytesRead = Math.floor(share * read.values().reduce((sum, each) => sum + each, 0));
  };
};

const placeOf = ({ sources }: Mapping, { file, line, said, deal, source }: Saying): RowPlace => {
  return { file, line, field: sources[source]?.columns.deal ?? '', value: said.deal ?? deal };
};

interface Work {
  readonly take: (outcome: RowOutcome) => void;
  readonly writer: FactWriter;
}

const readAndWrite = async (run: ImportRun, { take, writer }: Work): Promise<void> => {
  const { job, mapping, tables, signal } = run;
  const interpret = createInterpreter(mapping);
  const factsOf = toFacts(run);
  const shelf = new Shelf();
  try {
    for await (const each of readSayings({ mapping, tables, shelf, told: byteCounter(run) })) {
      signal.throwIfAborted();
      const outcome = each.kind === 'error' ? each : interpret(each.saying);
      take(outcome);
      if (outcome.kind !== 'events' || each.kind === 'error') continue;
      const { dealId, events } = outcome;
      if (job.dryRun) job.eventsWritten += events.length;
      else await writer.add(dealId, factsOf(dealId, events), placeOf(mapping, each.saying));
    }
  } finally {
    shelf.close();
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
  const take = taker(run);
  const writer = new FactWriter(store, job, (dealId, row) =>
    take({ kind: 'error', error: knownOtherwise(row, dealId) }),
  );
  let end: Pick<ImportJob, 'status' | 'fault'> = { status: 'done', fault: null };
  try {
    await readAndWrite(run, { take, writer });
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
