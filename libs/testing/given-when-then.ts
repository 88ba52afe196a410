import type { Dated, Decider, DomainEvent } from '@funnel/kernel';

interface Coded {
  readonly code: string;
}
type Details<Rejection extends Coded, Code> = Partial<Omit<Extract<Rejection, { code: Code }>, 'code'>>;

interface Outcome<Event extends DomainEvent, Rejection extends Coded> {
  /** Accepted, with exactly these facts; with none: accepted, and nothing new to record. */
  then(...events: readonly Event[]): void;
  /** Refused with this code, and these details where they are given. */
  thenRejected<Code extends Rejection['code']>(code: Code, details?: Details<Rejection, Code>): void;
}

type Specification<Command, Event extends DomainEvent, Rejection extends Coded> = (
  ...history: readonly Dated<Event>[]
) => { when(command: Command): Outcome<Event, Rejection> };

/** What a decider knows after these facts. */
export const stateAfter = <State, Command, Event extends DomainEvent, Rejection>(
  { initial, evolve }: Decider<State, Command, Event, Rejection>,
  history: readonly Dated<Event>[],
): State => history.reduce<State>((state, event) => evolve(state, event), initial);

/**
 * The `given` of one decider: `given(...facts).when(command).then(...facts)` or `.thenRejected(code)`. Facts and refusals
 * are compared as they would be stored: a field that is `undefined` is none.
 */
export const specificationOf =
  <State, Command, Event extends DomainEvent, Rejection extends Coded>(
    decider: Decider<State, Command, Event, Rejection>,
  ): Specification<Command, Event, Rejection> =>
  (...history) => ({
    when: (command) => {
      const decision = decider.decide(command, stateAfter(decider, history));
      return {
        then: (...events) => expect(decision).toEqual({ accepted: true, events }),
        thenRejected: (code, details = {}) =>
          expect(decision).toMatchObject({ accepted: false, rejection: { code, ...details } }),
      };
    },
  });
