import { type Dated, type Decider, type DomainEvent, logStart, type Position } from '@funnel/kernel';
import { append } from './append.ts';
import { backOff, backOffMs, type Deadline, hasPassed } from './deadline.ts';
import { emptyHead, link } from './chain.ts';
import { eventId, type Occurrence, toPending } from './envelope.ts';
import { StoreUnavailable, StreamConflict } from './faults.ts';
import { fold, type Folded, type FoldedStreams } from './folded-streams.ts';
import type { Session } from './session.ts';

/** Who sends a command, when, and what led to it. Instants in milliseconds since 1970. */
export type CommandContext = Omit<Occurrence, 'correlationId' | 'causationId'> &
  Partial<Pick<Occurrence, 'correlationId' | 'causationId'>>;

export interface ExecuteRequest<State, Command, Event extends DomainEvent, Rejection> {
  readonly decider: Decider<State, Command, Event, Rejection>;
  readonly stream: string;
  readonly command: Command;
  readonly context: CommandContext;
  /** What the sender takes for the revision of the stream (If-Match); -1 for one that does not exist. */
  readonly expectedRevision?: number;
  /** The stream is likely not to exist yet: spares the reading that would find nothing. */
  readonly presumedNew?: boolean;
}

export type Outcome<Rejection> =
  /** `revision` and `position` are those of the command's last event; of the stream's last when there was nothing to do. */
  | { readonly kind: 'accepted'; readonly revision: number; readonly position: Position; readonly replayed: boolean }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** `expectedRevision` named another revision than the present one. */
  | { readonly kind: 'stale'; readonly revision: number }
  /** This command id was used for another command, on the same stream. */
  | { readonly kind: 'command-reused' };

const attemptsAgainstOthers = 8;

interface Turn<S, C, E extends DomainEvent, R> {
  readonly session: Session;
  readonly folded: FoldedStreams;
  readonly request: ExecuteRequest<S, C, E, R>;
  readonly deadline: Deadline;
}

/**
 * Load, decide, append at exactly the revision that was decided on; again when another writer was faster.
 * @throws {StreamConflict} after several such attempts @throws {StoreUnavailable} when the deadline passes
 */
export const execute = async <S, C, E extends DomainEvent, R>(turn: Turn<S, C, E, R>): Promise<Outcome<R>> => {
  const { session, folded, request, deadline } = turn;
  const { stream, decider } = request;
  for (let conflicts = 0; conflicts < attemptsAgainstOthers; conflicts += 1) {
    if (hasPassed(deadline)) throw new StoreUnavailable(`waiting for a turn on ${stream}`);
    const remembered = folded.find(stream, decider) ?? (isFirst(request, conflicts) ? nothingYet(request) : undefined);
    let answer = remembered && (await step(turn, remembered));
    // What is remembered may be old: only what the store itself confirmed ends a command.
    if (!answer || (answer !== 'conflict' && !answer.confirmed)) {
      const fresh = await fold(session, stream, decider);
      folded.keep(stream, decider, fresh);
      answer = await step(turn, fresh);
    }
    if (answer !== 'conflict') return answer.outcome;
    folded.drop(stream);
    await backOff(backOffMs(conflicts, { base: 5, max: 200 }));
  }
  throw new StreamConflict(stream, attemptsAgainstOthers);
};

/** Only the first attempt presumes; a conflict tells that it was wrong. */
const isFirst = ({ presumedNew }: { readonly presumedNew?: boolean }, conflicts: number): boolean =>
  presumedNew === true && conflicts === 0;

const nothingYet = <S, C, E extends DomainEvent, R>({ stream, decider }: ExecuteRequest<S, C, E, R>): Folded<S> => ({
  ...emptyHead(stream),
  state: decider.initial,
  position: logStart,
  commands: new Map(),
});

interface Answer<R> {
  readonly outcome: Outcome<R>;
  /** Whether the answer rests on what the store said, not on the folded state alone. */
  readonly confirmed: boolean;
}

/** What follows from one folded state. */
const step = async <S, C, E extends DomainEvent, R>(
  turn: Turn<S, C, E, R>,
  state: Folded<S>,
): Promise<Answer<R> | 'conflict'> => {
  const { decider, command, context, expectedRevision } = turn.request;
  const { revision, position } = state;
  const before = state.commands.get(context.commandId);
  if (before) return { confirmed: true, outcome: repeated(before, context) };
  if (expectedRevision !== undefined && expectedRevision !== revision) {
    return { confirmed: false, outcome: { kind: 'stale', revision } };
  }
  const decision = decider.decide(command, state.state);
  if (!decision.accepted) return { confirmed: false, outcome: { kind: 'rejected', rejection: decision.rejection } };
  if (decision.events.length === 0) {
    return { confirmed: false, outcome: { kind: 'accepted', revision, position, replayed: false } };
  }
  return write(turn, state, decision.events);
};

const repeated = (
  { revision, position, fingerprint }: { revision: number; position: Position; fingerprint: string | undefined },
  context: CommandContext,
): Outcome<never> => {
  const isOther = fingerprint !== undefined && context.fingerprint !== undefined && fingerprint !== context.fingerprint;
  return isOther ? { kind: 'command-reused' } : { kind: 'accepted', revision, position, replayed: true };
};

const write = async <S, C, E extends DomainEvent, R>(
  { session, folded, request, deadline }: Turn<S, C, E, R>,
  state: Folded<S>,
  decided: readonly E[],
): Promise<Answer<R> | 'conflict'> => {
  const { stream, decider, context } = request;
  const { correlationId = context.commandId, causationId = context.commandId } = context;
  const about = { ...context, correlationId, causationId };
  // From here on the payload is what a later reader will see, so that the state kept equals the state replayed.
  const events = decided.map(({ type, data }, index) =>
    toPending(session.types, { id: eventId(stream, context, index), type, data }, about),
  );
  const { written, head } = link(stream, state, events);
  const appended = await append(session, { stream, events: written, expected: state.revision, deadline });
  if (!appended) return 'conflict';
  const { revision, position } = appended;
  const next = events.reduce(
    (folding, { type, data }) => decider.evolve(folding, { type, data, at: context.at } as unknown as Dated<E>),
    state.state,
  );
  const commands = state.commands.set(context.commandId, { revision, position, fingerprint: context.fingerprint });
  folded.keep(stream, decider, { ...head, state: next, position, commands });
  return { confirmed: true, outcome: { kind: 'accepted', revision, position, replayed: false } };
};
