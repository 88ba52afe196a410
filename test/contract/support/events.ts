import { jsonEvent, type JSONEventData, type Position, type RecordedEvent } from '@eventstore/db-client';

/** An event for each type, with an id of its own. */
export const events = (...types: string[]): JSONEventData[] => types.map((type) => jsonEvent({ type, data: { type } }));

/** As many events, told apart by `number`. */
export const numbered = (count: number, filling = ''): JSONEventData[] =>
  Array.from({ length: count }, (_, number) => jsonEvent({ type: 'Numbered', data: { number, filling } }));

/** 0, 1, 2 … */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

/** The events of a read, to its end. */
export const eventsOf = async (read: AsyncIterable<{ readonly event?: unknown }>): Promise<RecordedEvent[]> => {
  const all: RecordedEvent[] = [];
  for await (const { event } of read) all.push(event as RecordedEvent);
  return all;
};

export const typesOf = async (read: AsyncIterable<{ readonly event?: unknown }>): Promise<string[]> =>
  (await eventsOf(read)).map(({ type }) => type);

export const revisionsOf = async (read: AsyncIterable<{ readonly event?: unknown }>): Promise<number[]> =>
  (await eventsOf(read)).map(({ revision }) => Number(revision));

export const idsOf = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);

/** Negative where the first is earlier in the log; the meaning of the numbers is the server's. */
export const compare = (one: Position, other: Position): number => {
  if (one.commit !== other.commit) return one.commit < other.commit ? -1 : 1;
  if (one.prepare === other.prepare) return 0;
  return one.prepare < other.prepare ? -1 : 1;
};
