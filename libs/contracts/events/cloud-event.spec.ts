import { auditEvents } from '@funnel/audit';
import { UndecodableEvent, type Envelope, type Stored } from '@funnel/kernel';
import { salesEvents } from '@funnel/sales';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { cloudEvent, toCloudEvent } from './cloud-event.ts';
import { eventSchema, publicEvents } from './public-events.ts';
import { storedSamples } from './samples.ts';

const storedEvents = { ...salesEvents, ...auditEvents };
const ajv = formats.default(new Ajv2020({ strict: true }));
const envelope: Envelope = {
  id: '5ba4fdd4-25a8-5f2c-8c0f-6a8f1c1f4f10',
  stream: 'deal-pumps',
  revision: 3,
  position: { commit: 1234n, prepare: 1230n },
  at: Date.parse('2026-07-01T08:00:00Z'),
  recordedAt: Date.parse('2026-07-01T08:00:05Z'),
  actor: { user: 'anna', role: 'rep' },
  commandId: 'c',
  correlationId: 'd',
  causationId: 'e',
  version: 1,
};
const site = 'https://funnel.example.com';
/** As it is after it was written and read. */
const stored = (type: keyof typeof storedEvents, data: object) =>
  ({ ...envelope, type, data: storedEvents[type].schema.parse(data) }) as Stored;
const types = Object.keys(storedEvents) as (keyof typeof storedEvents)[];
const publishedOf = (type: (typeof types)[number]) => toCloudEvent(stored(type, storedSamples[type] ?? {}), site);

describe('a published event', () => {
  it('exists for everything that is stored', () => {
    expect(Object.keys(publicEvents).sort()).toEqual([...types, 'Unreadable'].sort());
    expect(Object.keys(storedSamples).sort()).toEqual([...types].sort());
  });

  it.each(types)('keeps what its schema says: %s', (type) => {
    const { data, dataschema } = publishedOf(type);
    const schema = eventSchema(type, publicEvents[type]?.version ?? 0, site);
    expect(schema?.['$id']).toBe(dataschema);
    const fits = ajv.compile(schema ?? false);
    fits(data);
    expect(fits.errors ?? []).toEqual([]);
    expect(fits({ ...data, [Object.keys(data)[0] ?? '']: undefined })).toBe(false);
  });

  it.each(types)('leaves nothing of it undescribed: %s', (type) => {
    const known = publicEvents[type]?.schema.shape ?? {};
    expect(Object.keys(known)).toEqual(expect.arrayContaining(Object.keys(publishedOf(type).data)));
  });

  it('is a CloudEvent with both clocks, its place in the log and who did it', () => {
    const event = publishedOf('ContactLogged');
    expect(cloudEvent.parse(event)).toEqual({
      specversion: '1.0',
      id: envelope.id,
      source: 'urn:funnel-ledger',
      type: 'funnel-ledger.ContactLogged.v1',
      subject: 'deal-pumps',
      time: '2026-07-01T08:00:00.000Z',
      datacontenttype: 'application/json',
      dataschema: 'https://funnel.example.com/api/schemas/ContactLogged/1',
      data: { dealId: 'pumps', kind: 'visit', note: 'friendly', people: ['Li Na'] },
      sequence: '1234-1230',
      recordedat: '2026-07-01T08:00:05.000Z',
      revision: 3,
      actor: 'anna',
      actorrole: 'rep',
      correlationid: 'd',
      causationid: 'e',
    });
    // CloudEvents allow nothing else in the names of attributes.
    expect(Object.keys(event).filter((name) => !/^[a-z0-9]+$/.test(name))).toEqual([]);
  });

  it('shows every amount as a decimal with its currency', () => {
    expect(publishedOf('DealWon').data).toMatchObject({
      amount: { value: '1000000.50', currency: 'CNY' },
      conversion: { original: { value: '140000.00', currency: 'USD' }, rate: '7.1429' },
    });
  });

  it('stands in for one that cannot be read, so that the feed has no silent gap', () => {
    const fault = new UndecodableEvent('DealWon', 9);
    const event = toCloudEvent({ ...envelope, type: 'DealWon', version: 9, unreadable: fault }, site);
    expect(event).toMatchObject({
      type: 'funnel-ledger.Unreadable.v1',
      data: { type: 'DealWon', version: 9, reason: 'event DealWon (version 9) cannot be read' },
      sequence: '1234-1230',
    });
    expect(publicEvents['Unreadable']?.schema.safeParse(event.data).success).toBe(true);
  });

  it('has no schema of a version that never was', () => {
    expect(eventSchema('DealWon', 2, site)).toBeUndefined();
    expect(eventSchema('toString', 1, site)).toBeUndefined();
  });
});
