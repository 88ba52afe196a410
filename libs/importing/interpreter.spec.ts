import { mapping, missingParts, type Row, type RowOutcome } from './index.ts';
import { readRows } from './testing/read-rows.ts';

const stages = ['lead', 'offer', 'contract'].map((key) => ({ key, label: key, part: 'top', weight: 0.5 }));
const described = {
  format: 'event-log',
  columns: { deal: 'case', time: 'when', activity: 'what', lifecycle: 'state', owner: 'who', amount: 'sum' },
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  funnel: { id: 'loans', label: 'Loans', stages },
  owners: { on: ['S_*'], ignore: ['robot'] },
  events: [
    { when: { activity: 'S_NEW' }, event: 'ProspectAdded', stage: 'lead' },
    { when: { activity: 'S_OFFER' }, event: 'StageAdvanced', to: 'offer', first: true },
    { when: { activity: 'S_CONTRACT' }, event: 'StageAdvanced', to: 'contract' },
    { when: { activity: 'S_LEAD' }, event: 'StageAdvanced', to: 'lead' },
    { when: { activity: 'W_*', lifecycle: 'DONE' }, event: 'ContactLogged', kind: 'call' },
    { when: { activity: 'S_WON' }, event: 'DealWon' },
    { when: { activity: 'S_LOST' }, event: 'DealLost', reason: 'declined' },
    { when: { activity: 'S_AGAIN' }, event: 'DealReopened', reason: 'came back' },
  ],
};
const at = (minute: number) => `2026-01-05T10:${String(minute).padStart(2, '0')}:00+01:00`;
const row = (what: string, minute: number, more: Row = {}): Row => ({
  case: 'd1',
  when: at(minute),
  what,
  state: '',
  who: 'anna',
  sum: '100.50',
  ...more,
});
const readAll = (rows: readonly Row[]): RowOutcome[] => readRows(described, { 'rows.csv': rows });
const typesOf = (rows: readonly Row[]) =>
  readAll(rows).map((said) => (said.kind === 'events' ? said.events.map(({ event }) => event.type) : said.kind));
const last = (rows: readonly Row[]) => readAll(rows).at(-1);

describe('reading an event log', () => {
  it('tells a text that is longer than any may be, and shows how it begins', () => {
    const [outcome] = readAll([row('S_NEW', 0, { state: 'x'.repeat(2_001) })]);
    const shown = { field: 'state', value: `${'x'.repeat(200)}…`, code: 'too-long', details: { most: '2000' } };
    expect(outcome).toMatchObject({ kind: 'error', error: shown });
  });

  it('takes what happened up to now, as clocks differ, and nothing that has yet to come', () => {
    const read = (when: string) => readAll([row('S_NEW', 0, { when })])[0];
    expect(read('2026-12-31T00:05:00Z')).toMatchObject({ kind: 'events' });
    expect(read('2026-12-31T00:05:01Z')).toMatchObject({ error: { field: 'when', code: 'in-future' } });
  });

  it('begins a deal with its owner, amount and stage', () => {
    const [said] = readAll([row('S_NEW', 0)]);
    expect(said).toMatchObject({
      kind: 'events',
      dealId: 'd1',
      events: [
        {
          at: Date.parse(at(0)),
          event: {
            type: 'ProspectAdded',
            data: {
              dealId: 'd1',
              stage: 'lead',
              funnelId: 'loans',
              ownerId: 'anna',
              amount: { minor: 10_050, currency: 'EUR' },
            },
          },
        },
      ],
    });
  });

  it('keeps two deals apart whose rows are mixed', () => {
    const other = { case: 'd2' };
    const rows = [row('S_NEW', 0), row('S_NEW', 1, other), row('S_OFFER', 0), row('S_CONTRACT', 2, other)];
    expect(last(rows)).toMatchObject({ dealId: 'd2', events: [{ event: { data: { from: 'lead', to: 'contract' } } }] });
  });

  it('counts only the first advance where the mapping says so', () => {
    const rows = [row('S_NEW', 0), row('S_OFFER', 1), row('S_CONTRACT', 2), row('S_OFFER', 3)];
    expect(last(rows)).toEqual({ kind: 'ignored', because: 'repeated' });
  });

  it('calls a move to an earlier stage a step back', () => {
    expect(typesOf([row('S_NEW', 0), row('S_CONTRACT', 1), row('S_LEAD', 2)]).at(-1)).toEqual(['StageRegressed']);
  });

  it('tells a new owner before what he did, and leaves out who is nobody', () => {
    const rows = [row('S_NEW', 0), row('S_OFFER', 1, { who: 'bert' }), row('S_CONTRACT', 2, { who: 'robot' })];
    expect(typesOf(rows)).toEqual([['ProspectAdded'], ['OwnerReassigned', 'StageAdvanced'], ['StageAdvanced']]);
  });

  it('takes an owner only from the activities that name owners', () => {
    const rows = [row('S_NEW', 0), row('W_CALL', 1, { who: 'bert', state: 'DONE' })];
    expect(typesOf(rows).at(-1)).toEqual(['ContactLogged']);
  });

  it('takes an owner away only where the row is about the owner', () => {
    const columns = { ...described.columns, reason: 'why' };
    const events = [...described.events, { when: { activity: 'S_GIVEN' }, event: 'OwnerReassigned' }];
    const nobody = { who: '', why: 'to the pool' };
    const rows = [row('S_NEW', 0), row('S_OFFER', 1, nobody), row('S_GIVEN', 2, nobody), row('S_GIVEN', 3, nobody)];
    const owned = readRows(
      { ...described, columns, events },
      { 'rows.csv': rows.map((each) => ({ why: '', ...each })) },
    );
    const data = { dealId: 'd1', from: 'anna', to: null, reason: 'to the pool' };
    expect(owned.slice(1)).toMatchObject([
      { events: [{ event: { type: 'StageAdvanced' } }] },
      { events: [{ event: { type: 'OwnerReassigned', data } }] },
      { kind: 'ignored' },
    ]);
  });

  it('records a changed amount', () => {
    const rows = [row('S_NEW', 0), row('S_OFFER', 1, { sum: '200' })];
    expect(typesOf(rows).at(-1)).toEqual(['DealValued', 'StageAdvanced']);
  });

  it('records contacts after the deal was lost, but no further stage', () => {
    const rows = [row('S_NEW', 0), row('S_LOST', 1), row('W_CALL', 2, { state: 'DONE' }), row('S_CONTRACT', 3)];
    expect(typesOf(rows)).toEqual([['ProspectAdded'], ['DealLost'], ['ContactLogged'], 'ignored']);
  });

  it('takes up a lost deal again where it stood', () => {
    const rows = [row('S_NEW', 0), row('S_CONTRACT', 1), row('S_LOST', 2), row('S_AGAIN', 3)];
    expect(last(rows)).toMatchObject({ events: [{ event: { type: 'DealReopened', data: { stage: 'contract' } } }] });
  });

  it('names equal rows differently, and the same row of a second reading the same', () => {
    const rows = [row('S_NEW', 0), row('W_CALL', 1, { state: 'DONE' }), row('W_CALL', 1, { state: 'DONE' })];
    const keys = () =>
      readAll(rows).flatMap((said) => (said.kind === 'events' ? said.events.map(({ key }) => key) : []));
    expect(new Set(keys()).size).toBe(3);
    expect(keys()).toEqual(keys());
  });

  it('reads a time without offset in the zone of the mapping', () => {
    const [said] = readAll([row('S_NEW', 0, { when: '2026-07-05 10:00:00.250' })]);
    expect(said).toMatchObject({ events: [{ at: Date.parse('2026-07-05T10:00:00.250+02:00') }] });
  });
});

describe('a row that cannot be taken', () => {
  const fault = (rows: readonly Row[]) => {
    const said = last(rows);
    return said?.kind === 'error' ? said.error : undefined;
  };

  it.each([
    ['when', { when: 'yesterday' }, 'is no time'],
    ['when', { when: '2026-02-30T10:00:00+01:00' }, 'is no time'],
    ['sum', { sum: 'much' }, 'is no amount in EUR'],
    ['sum', { sum: '1.23456' }, 'at most 2 decimals'],
    ['sum', { sum: '-5' }, 'is negative'],
    ['sum', { sum: '' }, 'is missing'],
    ['case', { case: '' }, 'is empty'],
    ['case', { case: 'a/b' }, 'cannot be an id'],
    ['what', { what: '' }, 'is empty'],
  ])('names the field %s of %j', (field, wrong, reason) => {
    expect(fault([row('S_NEW', 0, wrong as Row)])).toMatchObject({
      line: 2,
      field,
      reason: expect.stringContaining(reason),
    });
  });

  it('is one that comes before its deal begins', () => {
    expect(fault([row('S_OFFER', 0)])).toMatchObject({
      field: 'what',
      ...{ code: 'unknown-deal', details: { deal: 'd1' } },
      reason: expect.stringContaining('adds deal d1'),
    });
  });

  it('is one that is earlier than the row before it, and the deal goes on after it', () => {
    expect(fault([row('S_NEW', 5), row('S_OFFER', 4)])).toMatchObject({ line: 3, field: 'when', value: at(4) });
    expect(typesOf([row('S_NEW', 5), row('S_OFFER', 4), row('S_OFFER', 6)]).at(-1)).toEqual(['StageAdvanced']);
  });
});

describe('a mapping', () => {
  const reasons = (change: object) =>
    mapping.safeParse({ ...described, ...change }).error?.issues.map(({ message }) => message);

  it('names a stage that the funnel lacks', () => {
    const events = [{ when: { activity: 'X' }, event: 'StageAdvanced', to: 'moon' }];
    expect(reasons({ events })).toEqual(['unknown stage "moon"; expected one of lead, offer, contract']);
  });

  it('refuses a pattern on a column it does not name', () => {
    const events = [{ when: { region: 'X' }, event: 'DealWon' }];
    expect(reasons({ events })).toEqual(['"columns" names no column for "region"']);
  });

  it('refuses an unknown currency and an unknown time zone', () => {
    expect(reasons({ currency: 'EURO' })?.[0]).toContain('ISO 4217');
    expect(reasons({ timeZone: 'Mars/Base' })?.[0]).toContain('IANA');
  });

  it('tells which of its columns a file lacks', () => {
    const file = { name: 'rows.csv', header: ['case', 'when', 'what', 'state', 'who'] };
    expect(missingParts(mapping.parse(described), [file])).toEqual([
      { role: 'amount', column: 'sum', file: 'rows.csv' },
    ]);
  });
});
