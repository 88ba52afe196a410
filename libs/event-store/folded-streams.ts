import type { RecordedEvent } from '@eventstore/db-client';
import type { Head } from '@funnel/audit';
import type { Dated, Decider, DomainEvent, Position } from '@funnel/kernel';
import { isReadable, logStart } from '@funnel/kernel';
import { emptyHead, headAt } from './chain.ts';
import { fingerprintOf, toStored } from './envelope.ts';
import { streamPages } from './read.ts';
import type { Session } from './session.ts';

/** The trace of one command in a stream: where its last event stands. */
export interface Trace {
  readonly revision: number;
  readonly position: Position;
  readonly fingerprint: string | undefined;
}

/** A stream as its decider sees it, up to `revision` (-1 for one that does not exist). */
export interface Folded<State> extends Head {
  readonly state: State;
  readonly position: Position;
  readonly commands: Map<string, Trace>;
}

type AnyDecider = Pick<Decider<unknown, never, DomainEvent, unknown>, 'initial'> & { readonly evolve: unknown };

/** Streams folded before, the least recently used dropped first. What it says may be old; the store has the last word. */
export class FoldedStreams {
  readonly #most: number;
  readonly #entries = new Map<string, { decider: AnyDecider; folded: Folded<unknown> }>();

  constructor(most: number) {
    this.#most = most;
  }

  find<State>(stream: string, decider: AnyDecider & { readonly initial: State }): Folded<State> | undefined {
    const entry = this.#entries.get(stream);
    if (entry?.decider !== decider) return undefined;
    this.#entries.delete(stream);
    this.#entries.set(stream, entry);
    return entry.folded as Folded<State>;
  }

  keep(stream: string, decider: AnyDecider, folded: Folded<unknown>): void {
    this.#entries.delete(stream);
    this.#entries.set(stream, { decider, folded });
    // Looked for only where one is to go: what was taken out before it is passed by one by one.
    if (this.#entries.size <= this.#most) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  drop(stream: string): void {
    this.#entries.delete(stream);
  }
}

/** Reads and folds one stream. @throws {UndecodableEvent} at the first event that cannot be read */
export const fold = async <State, Event extends DomainEvent>(
  session: Session,
  stream: string,
  { initial, evolve }: { initial: State; evolve: (state: State, event: Dated<Event>) => State },
): Promise<Folded<State>> => {
  const commands = new Map<string, Trace>();
  let last: RecordedEvent | undefined;
  let folded = { state: initial, position: logStart };
  const add = (raw: RecordedEvent): void => {
    const event = toStored(session.types, raw);
    if (!isReadable(event)) throw event.unreadable;
    const { type, data, at, revision, position, commandId } = event;
    commands.set(commandId, { revision, position, fingerprint: fingerprintOf(raw) });
    folded = { state: evolve(folded.state, { type, data, at } as Dated<Event>), position };
    last = raw;
  };
  for await (const page of streamPages(session, stream)) page.forEach(add);
  return { ...folded, ...(last ? headAt(last) : emptyHead(stream)), commands };
};
