/** The part of a schema library that the kernel leans on: reads unknown JSON or throws. */
export interface Schema<Output> {
  parse(input: unknown): Output;
}

type Json = Record<string, unknown>;
/** Turns the payload of one retired version into the next one. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each step has a shape of its own; the schema judges the result
export type Upcaster = (data: any) => Json;

export interface EventType<Data> {
  readonly schema: Schema<Data>;
  /** The version written today: one more than there are upcasters. */
  readonly version: number;
  readonly upcasters: readonly Upcaster[];
}

/** Declares a stored event. One upcaster per retired version, oldest first. */
export const event = <Data>(schema: Schema<Data>, ...upcasters: readonly Upcaster[]): EventType<Data> => ({
  schema,
  version: upcasters.length + 1,
  upcasters,
});

/** Event types by stored name. */
export type EventTypes = Readonly<Record<string, EventType<object>>>;

/** The union of `{ type, data }` that a table of event types declares. */
export type EventOf<Types extends EventTypes> = {
  [Type in keyof Types & string]: {
    readonly type: Type;
    readonly data: Types[Type] extends EventType<infer Data> ? Readonly<Data> : never;
  };
}[keyof Types & string];

/** A stored event that no known type or version can read. Projections park its stream. */
export class UndecodableEvent extends Error {
  constructor(
    readonly type: string,
    readonly version: number,
    options?: ErrorOptions,
  ) {
    super(`event ${type} (version ${version}) cannot be read`, options);
    this.name = 'UndecodableEvent';
  }
}

/** Reads a payload of any version ever written. @throws {UndecodableEvent} unknown type, future version or wrong shape */
export const decode = (types: EventTypes, stored: { type: string; version: number; data: unknown }): object => {
  const known = Object.hasOwn(types, stored.type) ? types[stored.type] : undefined;
  if (!known || stored.version < 1 || stored.version > known.version) {
    throw new UndecodableEvent(stored.type, stored.version);
  }
  try {
    return known.schema.parse(known.upcasters.slice(stored.version - 1).reduce((data, up) => up(data), stored.data));
  } catch (cause) {
    throw new UndecodableEvent(stored.type, stored.version, { cause });
  }
};
