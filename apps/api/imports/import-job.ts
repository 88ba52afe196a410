import { comparePositions, type Position } from '@funnel/kernel';
import type { RowError } from '@funnel/importing';

export type ImportStatus = 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** How far an import is, as it is kept beside the views. Instants in milliseconds since 1970. */
export interface ImportJob {
  status: ImportStatus;
  readonly dryRun: boolean;
  readonly onError: 'stop' | 'skip';
  readonly fileName: string;
  readonly funnelId: string;
  /** What was followed, as JSON text: its columns may have names that no field of a document may have. */
  readonly mapping: string;
  /** What was guessed. */
  readonly notes: readonly string[];
  readonly startedBy: string;
  readonly startedAt: number;
  updatedAt: number;
  finishedAt: number | null;
  readonly bytesTotal: number;
  bytesRead: number;
  rowsRead: number;
  rowsIgnored: number;
  readonly ignoredBecause: Record<string, number>;
  rowsFailed: number;
  deals: number;
  eventsWritten: number;
  eventsKnown: number;
  readonly eventsByType: Record<string, number>;
  position: { commit: string; prepare: string };
  readonly errors: RowError[];
  fault: string | null;
}

export type ImportBeginning = Pick<
  ImportJob,
  'dryRun' | 'onError' | 'fileName' | 'funnelId' | 'mapping' | 'notes' | 'startedBy' | 'startedAt' | 'bytesTotal'
>;

export const newJob = (beginning: ImportBeginning): ImportJob => ({
  ...beginning,
  status: 'running',
  updatedAt: beginning.startedAt,
  finishedAt: null,
  bytesRead: 0,
  rowsRead: 0,
  rowsIgnored: 0,
  ignoredBecause: {},
  rowsFailed: 0,
  deals: 0,
  eventsWritten: 0,
  eventsKnown: 0,
  eventsByType: {},
  position: { commit: '0', prepare: '0' },
  errors: [],
  fault: null,
});

export const positionOf = ({ position }: ImportJob): Position => ({
  commit: BigInt(position.commit),
  prepare: BigInt(position.prepare),
});

/** Remembers the furthest position that the import has written. */
export const reach = (job: ImportJob, position: Position): void => {
  if (comparePositions(position, positionOf(job)) <= 0) return;
  job.position = { commit: `${position.commit}`, prepare: `${position.prepare}` };
};

/** A test whether an error is the first one of its row: a row may be read in several ways. */
export const distinctRows = (): ((error: RowError) => boolean) => {
  const failed = new Set<string>();
  return ({ file, line }) => failed.size < failed.add(`${line} ${file}`).size;
};

const errorsKept = 1_000;
export const tellError = (job: ImportJob, error: RowError): void => {
  job.rowsFailed += 1;
  if (job.errors.length < errorsKept) job.errors.push(error);
};

export const countIn = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** After this silence a running job was broken off with the process that ran it. */
const silenceMs = 30_000;
export const statusOf = ({ status, updatedAt }: ImportJob, now: number): ImportStatus =>
  status === 'running' && updatedAt < now - silenceMs ? 'interrupted' : status;
