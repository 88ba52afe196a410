import { formatInstant, formatMinor, formatPosition, isReadable, type Stored } from '@funnel/kernel';
import { z } from 'zod';
import { publicEvents, schemaPath } from './public-events.ts';

/** A CloudEvent 1.0 in its JSON format; the extensions stand in the last block. */
export const cloudEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().describe('The stream, for instance `deal-4711`: its events come in order.'),
  time: z.string().describe('Business time: when it happened.'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  data: z.record(z.string(), z.unknown()),

  sequence: z.string().describe('Position in the log: go on from here with `after`.'),
  recordedat: z.string().describe('Record time: when it was written.'),
  revision: z.int().describe('Place in its stream, from 0.'),
  actor: z.string(),
  actorrole: z.string(),
  correlationid: z.string(),
  causationid: z.string(),
});
export type CloudEvent = z.infer<typeof cloudEvent>;

interface StoredMoney {
  readonly minor: number;
  readonly currency: string;
}
const isMoney = (value: object): value is StoredMoney =>
  Object.keys(value).length === 2 && 'minor' in value && 'currency' in value && typeof value.minor === 'number';

/** Stored JSON with every amount as `{ value, currency }`. Everything else has its public shape already. */
export const publicData = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(publicData);
  if (isMoney(value)) return { value: formatMinor(value.minor, value.currency), currency: value.currency };
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, publicData(field)]));
};

const unreadable = (event: Exclude<Stored, { data: object }>) => ({
  type: 'Unreadable',
  data: { type: event.type, version: event.version, reason: event.unreadable.message },
});

/** The public name of an event, for instance `funnel-ledger.DealWon.v1`. */
export const publicType = (type: string): string => `funnel-ledger.${type}.v${publicEvents[type]?.version ?? 1}`;

/** A stored event as other systems see it. `publicUrl`: where they reach the product, without a slash at the end. */
export const toCloudEvent = (event: Stored, publicUrl: string): CloudEvent => {
  const { type, data } = isReadable(event) ? event : unreadable(event);
  return {
    specversion: '1.0',
    id: event.id,
    source: 'urn:funnel-ledger',
    type: publicType(type),
    subject: event.stream,
    time: formatInstant(event.at),
    datacontenttype: 'application/json',
    dataschema: publicUrl + schemaPath(type, publicEvents[type]?.version ?? 1),
    data: publicData(data) as Record<string, unknown>,
    sequence: formatPosition(event.position),
    recordedat: formatInstant(event.recordedAt),
    revision: event.revision,
    actor: event.actor.user,
    actorrole: event.actor.role,
    correlationid: event.correlationId,
    causationid: event.causationId,
  };
};
