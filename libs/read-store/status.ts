import { comparePositions, formatPosition, logStart, type EventLog, type Position } from '@funnel/kernel';
import { isOlder } from './build-id.ts';
import { readPosition } from './checkpoint.ts';
import type { AnyProjection } from './engine/engine.ts';
import { surveyViews, type Survey } from './engine/plan.ts';
import type { CheckpointDocument, ParkedDocument, Tables } from './tables.ts';

export type ParkedStream = Pick<ParkedDocument, 'stream' | 'fromRevision' | 'eventId' | 'attempts' | 'error' | 'at'>;

/** How one view is. Positions are text, as {@link formatPosition} writes it. */
export interface ViewStatus {
  readonly name: string;
  /** Of the build in force; of the projection where none is yet. */
  readonly version: number;
  readonly position: string;
  readonly head: string;
  readonly caughtUp: boolean;
  /** Upper bound of how long the oldest event it has not seen has been on record; 0 when caught up, or not begun. */
  readonly lagSeconds: number;
  readonly parked: readonly ParkedStream[];
  /** A build that is to take its place, and what keeps it from doing so once it has caught up. */
  readonly building?: { readonly version: number; readonly position: string; readonly blocked?: string };
  /** Why it stands still for good. */
  readonly fault?: string;
  /** Who runs it, or ran it last. */
  readonly owner?: string;
}

// The engine notes once a second that it stands at the live edge; longer ago says nothing about now.
const currentForMs = 5_000;

const isCaughtUp = ({ currentAt, fault, ...at }: CheckpointDocument, head: Position): boolean => {
  if (fault !== undefined) return false;
  return comparePositions(readPosition(at), head) >= 0 || (currentAt ?? 0) + currentForMs > Date.now();
};

// Everything on record before the reader last stood at the edge, or before the last event it saw, has been seen.
const lagOf = ({ currentAt, recordedAt }: CheckpointDocument): number => {
  const seenUpTo = Math.max(currentAt ?? 0, recordedAt ?? 0);
  return seenUpTo === 0 ? 0 : Math.max(0, Date.now() - seenUpTo) / 1_000;
};

const shownParked = ({ stream, fromRevision, eventId, attempts, error, at }: ParkedDocument): ParkedStream => ({
  ...{ stream, fromRevision, eventId, attempts, error, at },
});

const buildingOf = (
  view: string,
  inForce: CheckpointDocument,
  { checkpoints }: Survey,
): Pick<ViewStatus, 'building'> => {
  const newer = [...checkpoints.values()]
    .filter((checkpoint) => checkpoint.view === view && isOlder(inForce, checkpoint))
    .sort((one, other) => (isOlder(one, other) ? 1 : -1))[0];
  if (!newer) return {};
  const { version, blocked } = newer;
  const position = formatPosition(readPosition(newer));
  return { building: { version, position, ...(blocked !== undefined && { blocked }) } };
};

interface Seen {
  readonly head: Position;
  readonly survey: Survey;
  readonly parked: readonly ParkedDocument[];
}

const statusOf = ({ name, version }: AnyProjection, { head, survey, parked }: Seen): ViewStatus => {
  const checkpoint = survey.checkpoints.get(survey.aliases.get(name)?.build ?? '');
  if (!checkpoint) {
    const position = formatPosition(logStart);
    const caughtUp = comparePositions(head, logStart) === 0;
    return { name, version, position, head: formatPosition(head), caughtUp, lagSeconds: 0, parked: [] };
  }
  const caughtUp = isCaughtUp(checkpoint, head);
  return {
    ...{ name, version: checkpoint.version, position: formatPosition(readPosition(checkpoint)) },
    ...{ head: formatPosition(head), caughtUp, lagSeconds: caughtUp ? 0 : lagOf(checkpoint) },
    parked: parked.filter(({ build }) => build === checkpoint._id).map(shownParked),
    ...buildingOf(name, checkpoint, survey),
    ...(checkpoint.fault !== undefined && { fault: checkpoint.fault }),
    owner: checkpoint.owner,
  };
};

/** How each of the views is, as far as the store knows. */
export const viewStatus = async (
  tables: Tables,
  log: Pick<EventLog, 'head'>,
  views: readonly AnyProjection[],
): Promise<ViewStatus[]> => {
  const names = views.map(({ name }) => name);
  const [head, survey, parked] = await Promise.all([
    log.head(),
    surveyViews(tables, names),
    tables.parked.find({ view: { $in: names } }, { sort: { at: 1 } }).toArray(),
  ]);
  return views.map((view) => statusOf(view, { head, survey, parked }));
};
