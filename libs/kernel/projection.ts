import type { DomainEvent } from './decider.ts';
import type { Recorded } from './recorded.ts';

type ReducerOf<Row, Event extends DomainEvent, Type> = (
  row: Row | null,
  event: Recorded<Extract<Event, { type: Type }>>,
) => Row | null;

/** An index of a view: field → 1 or -1, in order. One that gives lists their order ends with `_id`, as every list does. */
export type ViewIndex = Readonly<Record<string, 1 | -1>>;

/**
 * A read model as a pure fold. Each row is fed by the events of exactly one stream, in their order; `null` is "no row".
 * A changed meaning is a new `version`: it is built beside the old one and then takes its place.
 */
export interface Projection<Row extends object = object, Event extends DomainEvent = DomainEvent> {
  readonly name: string;
  readonly version: number;
  /** Prefixes of the streams that feed it, for instance `deal-`. */
  readonly streams: readonly string[];
  readonly keyOf: (event: Recorded<Event>) => string;
  readonly on: { readonly [Type in Event['type']]?: ReducerOf<Row, Event, Type> };
  readonly indexes?: readonly ViewIndex[];
  /** Readers hold all its rows in memory and fetch only what is new (see `KeptRows`). */
  readonly heldByReaders?: true;
}

/** Declares a projection; fixes its row and event types. */
export const projection = <Row extends object, Event extends DomainEvent>(
  declared: Projection<Row, Event>,
): Projection<Row, Event> => declared;

/** The row after one more event; the same object when the view does not care for that event. */
export const reduce = <Row extends object, Event extends DomainEvent>(
  view: Projection<Row, Event>,
  row: Row | null,
  event: Recorded<Event>,
): Row | null => {
  const reducer = view.on[event.type as Event['type']] as
    ((row: Row | null, event: Recorded<Event>) => Row | null) | undefined;
  return reducer ? reducer(row, event) : row;
};

/** Whether the view folds this event at all. */
export const concerns = <Row extends object, Event extends DomainEvent>(
  view: Projection<Row, Event>,
  event: Recorded,
): event is Recorded<Event> => Object.hasOwn(view.on, event.type);
