import type { RecordedEvent } from '@eventstore/db-client';
import {
  type Actor,
  canonicalJson,
  decode,
  earliestInstant,
  type Envelope,
  type EventTypes,
  formatInstant,
  latestInstant,
  type Role,
  roles,
  type Stored,
  UndecodableEvent,
} from '@funnel/kernel';
import { parse, v5 as uuid } from 'uuid';

/** An event ready to be written, its payload and metadata as JSON. */
export interface Written {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}
/** An event that waits for its place in a stream. */
export interface Pending {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  /** Canonical JSON of the payload. */
  readonly text: string;
  /** Canonical JSON of all metadata but the link to its predecessor. */
  readonly metadata: string;
}
type Fields = Readonly<Record<string, unknown>>;

/** What is said about an event beside its payload. Instants in milliseconds since 1970. */
export interface Occurrence {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  readonly at: number;
  readonly recordedAt: number;
  /** Of the command's content; tells a repeated command from a reused id. */
  readonly fingerprint?: string;
}

const namespace = parse('7c1d7d3e-2f0b-5f6a-9c55-0d1f6f2f8a11');

/**
 * Told again by the same process in the same breath, a command makes the same ids. They cover all that its bytes depend
 * on: an append that the store recognises by its ids put there exactly what was sent, so that the next link is right.
 */
export const eventId = (
  stream: string,
  { commandId, fingerprint, recordedAt }: Pick<Occurrence, 'commandId' | 'fingerprint' | 'recordedAt'>,
  index: number,
): string =>
  // As bytes: the library takes texts apart letter by letter.
  uuid(Buffer.from(JSON.stringify([stream, commandId, fingerprint ?? null, recordedAt, index])), namespace);

/** The payload as it will be read again: through JSON and its schema. @throws {UndecodableEvent} before harm is done */
const asStored = (types: EventTypes, { type, data }: { type: string; data: object }): object =>
  decode(types, { type, version: types[type]?.version ?? 0, data: JSON.parse(JSON.stringify(data)) });

/** Only what a reader could not fill in: the command of a fact is the fact itself, and it often is its own cause. */
const metadataFor = (types: EventTypes, { id, type }: { id: string; type: string }, about: Occurrence): Fields => {
  const { commandId, correlationId, causationId, fingerprint } = about;
  return {
    ...(commandId !== id && { commandId }),
    ...(correlationId !== commandId && { $correlationId: correlationId }),
    ...(causationId !== commandId && { $causationId: causationId }),
    actor: about.actor,
    occurredAt: formatInstant(about.at),
    recordedAt: formatInstant(about.recordedAt),
    schemaVersion: types[type]?.version ?? 1,
    ...(fingerprint !== undefined && { fingerprint }),
  };
};

/** @throws {UndecodableEvent} for a payload that could not be read again */
export const toPending = (
  types: EventTypes,
  event: { id: string; type: string; data: object },
  about: Occurrence,
): Pending => {
  const { id, type } = event;
  const data = asStored(types, event);
  return { id, type, data, text: canonicalJson(data), metadata: canonicalJson(metadataFor(types, event, about)) };
};

/** Metadata of any event, also of one that another program wrote. */
const metadataOf = ({ metadata }: RecordedEvent): Fields =>
  typeof metadata === 'object' && metadata !== null && !(metadata instanceof Uint8Array) ? (metadata as Fields) : {};

const text = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;

/** What is no instant that the product takes counts as none. */
const instant = (value: unknown, otherwise: number): number => {
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  return at >= earliestInstant && at < latestInstant ? at : otherwise;
};

const foreigner: Actor = { user: 'unknown', role: 'system' };
const actorOf = (value: unknown): Actor => {
  const { user, role } = (value ?? {}) as Fields;
  return typeof user === 'string' && roles.includes(role as Role) ? { user, role: role as Role } : foreigner;
};

const envelopeOf = (event: RecordedEvent, metadata: Fields): Envelope => {
  if (!event.position) throw new Error('the event store is too old: it tells no positions when a stream is read');
  const created = event.created.getTime();
  const commandId = text(metadata['commandId'], event.id);
  const version = metadata['schemaVersion'] ?? 1;
  return {
    id: event.id,
    stream: event.streamId,
    revision: Number(event.revision),
    position: event.position,
    at: instant(metadata['occurredAt'], created),
    recordedAt: instant(metadata['recordedAt'], created),
    actor: actorOf(metadata['actor']),
    commandId,
    correlationId: text(metadata['$correlationId'], commandId),
    causationId: text(metadata['$causationId'], commandId),
    // No version is 0: it reads as unreadable.
    version: Number.isInteger(version) ? Number(version) : 0,
  };
};

/** Reads what is stored. An event that cannot be read comes with the reason; it never throws for one. */
export const toStored = (types: EventTypes, event: RecordedEvent): Stored => {
  const envelope = envelopeOf(event, metadataOf(event));
  const { type } = event;
  try {
    if (!event.isJson) {
      throw new UndecodableEvent(type, envelope.version, { cause: new Error('its payload is not JSON') });
    }
    return { ...envelope, type, data: decode(types, { type, version: envelope.version, data: event.data }) };
  } catch (error) {
    if (!(error instanceof UndecodableEvent)) throw error;
    return { ...envelope, type, unreadable: error };
  }
};

export const fingerprintOf = (event: RecordedEvent): string | undefined => {
  const { fingerprint } = metadataOf(event);
  return typeof fingerprint === 'string' ? fingerprint : undefined;
};

/** Events of the server itself: statistics, users, stream settings. */
export const isSystem = ({ type, streamId }: RecordedEvent): boolean =>
  type.startsWith('$') || streamId.startsWith('$');
