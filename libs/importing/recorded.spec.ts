import type { Row } from './index.ts';
import { readRows, typesOf } from './testing/read-rows.ts';

const stages = ['lead', 'offer'].map((key) => ({ key, label: key, part: 'top', weight: 0.5 }));
const described = {
  format: 'event-log',
  columns: { deal: 'deal', time: 'time', activity: 'type', data: 'data', row: 'id' },
  where: { subject: 'deal-*' },
  order: 'time',
  currency: 'EUR',
  timeZone: 'UTC',
  funnel: { id: 'f', label: 'F', stages },
  events: [{ when: { activity: '*' }, event: 'Recorded' }],
};
let number = 0;
const row = (type: string, data: object | string, more: Row = {}): Row => ({
  ...{ subject: 'deal-d', deal: 'd', time: `2026-01-05T10:00:${String((number += 1)).padStart(2, '0')}Z`, type },
  ...{ id: `${number}`, data: typeof data === 'string' ? data : JSON.stringify({ dealId: 'elsewhere', ...data }) },
  ...more,
});
const euros = (value: string) => ({ value, currency: 'EUR' });
const added = (more: object = {}) =>
  row('ProspectAdded', {
    ...{ title: 'Pump', customer: { name: 'Süd' }, amount: euros('100.50'), funnelId: 'g', stage: 'lead' },
    ...{ ownerId: null, expectedClose: null, ...more },
  });
const outcomes = (...rows: readonly Row[]) => readRows(described, { 'events.csv': rows });
const eventsOf = (...rows: readonly Row[]) =>
  outcomes(...rows).flatMap((each) => (each.kind === 'events' ? each.events.map(({ event }) => event) : []));
const errorOf = (...rows: readonly Row[]) => {
  const last = outcomes(...rows).at(-1);
  return last?.kind === 'error' ? last.error : undefined;
};

describe('rows that hold events as exports tell them', () => {
  it('are those events, amounts exact, of the deal that the row names and the funnel of the mapping', () => {
    const conversion = { original: { value: '20000', currency: 'JPY' }, rate: '0.0061' };
    const step = { action: 'Call', dueAt: '2026-02-01T10:00:00.000Z', people: ['Li'] };
    expect(
      eventsOf(
        added(),
        row('DealValued', { amount: euros('122.00'), conversion }),
        row('WeightOverridden', { weight: 0.45, reason: 'a letter' }),
        row('NextStepSet', { step }),
        row('StageAdvanced', { from: 'lead', to: 'offer', override: { reason: 'the boss' } }),
      ).map(({ data }) => data),
    ).toEqual([
      expect.objectContaining({ dealId: 'd', funnelId: 'f', amount: { minor: 10_050, currency: 'EUR' } }),
      {
        ...{ dealId: 'd', amount: { minor: 12_200, currency: 'EUR' } },
        conversion: { original: { minor: 20_000, currency: 'JPY' }, rate: '0.0061' },
      },
      { dealId: 'd', weight: 0.45, reason: 'a letter' },
      { dealId: 'd', step },
      { dealId: 'd', from: 'lead', to: 'offer', override: { reason: 'the boss' } },
    ]);
  });

  it('are told only where they can be', () => {
    const advanced = () => row('StageAdvanced', { from: 'lead', to: 'offer' });
    const closed = () => row('DealLost', { stage: 'lead', reason: 'price' });
    const again = () => row('DealReopened', { stage: 'lead', reason: 'they called' });
    const rows = [added(), added(), again(), closed(), advanced(), again(), advanced()];
    expect(typesOf(outcomes(...rows))).toEqual([
      ...[['ProspectAdded'], 'ignored', 'ignored', ['DealLost'], 'ignored', ['DealReopened'], ['StageAdvanced']],
    ]);
    expect(typesOf(outcomes(row('AlertRaised', {}, { subject: 'alert-a' }), added()))).toEqual([['ProspectAdded']]);
  });

  it.each<[string, string, string, readonly Row[]]>([
    ['of no known type', 'no-event', 'Moved', [added(), row('Moved', {})]],
    ['that is no JSON', 'no-event', 'DealLost', [added(), row('DealLost', '{')]],
    ['that lacks something', 'no-event', 'DealLost', [added(), row('DealLost', { stage: 'lead' })]],
    ['of a stage that the funnel lacks', 'no-event', 'this funnel', [added({ stage: 'moon' })]],
    ['with decimals that no cent has', 'no-event', 'ProspectAdded', [added({ amount: euros('1.234') })]],
    ['in another currency', 'other-currency', 'EUR', [added({ amount: { value: '5', currency: 'JPY' } })]],
    ['of a deal that is not there', 'unknown-deal', 'deal d', [row('DealLost', { stage: 'lead', reason: 'price' })]],
  ])('are refused with an event %s', (_, code, said, rows) => {
    expect(errorOf(...rows)).toMatchObject({ code, reason: expect.stringContaining(said) });
  });
});
