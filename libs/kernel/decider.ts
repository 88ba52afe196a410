/** What a rule answers: the facts that follow, or the reason why not. A refusal is a value, never an exception. */
export type Decision<Event, Rejection> =
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly rejection: Rejection };

/** An aggregate as three pure parts: where it starts, how facts change it, what it says to a command. */
export interface Decider<State, Command, Event extends DomainEvent, Rejection> {
  readonly initial: State;
  readonly evolve: (state: State, event: Dated<Event>) => State;
  readonly decide: (command: Command, state: State) => Decision<Event, Rejection>;
}

/** A fact: a stored type name and a JSON payload. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** A fact with its business time, in milliseconds since 1970. */
export type Dated<Event extends DomainEvent> = Event & { readonly at: number };

export const accept = <Event>(...events: readonly Event[]): Decision<Event, never> => ({ accepted: true, events });

export const reject = <Rejection>(rejection: Rejection): Decision<never, Rejection> => ({ accepted: false, rejection });
