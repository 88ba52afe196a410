import { mapping, missingParts, type Row } from './index.ts';
import { readRows, typesOf } from './testing/read-rows.ts';

const stage = (key: string) => ({ key, label: key, part: 'top', weight: 0.5 });
const described = {
  format: 'deals',
  columns: { deal: 'Deal', created: 'Created', owner: 'Owner', amount: 'Amount', title: 'Name', reason: 'Why lost' },
  entered: { 'Offer sent': 'offer', 'Need known': 'need' },
  stands: { column: 'Stage', since: 'Since', stages: { Contract: 'contract' } },
  won: { time: 'Closed', where: { Stage: 'Won' } },
  lost: { time: 'Closed', where: { Stage: 'Lost' } },
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  dateOrder: 'day-first',
  decimalSign: ',',
  ids: 'tidied',
  funnel: { id: 'f', label: 'F', stages: ['lead', 'need', 'offer', 'contract'].map(stage) },
};
const deal: Row = {
  ...{ Deal: 'A 1', Name: 'Pumps', Owner: 'Anna Smith', Amount: '1.234,50 €', Created: '01.02.2026' },
  ...{ 'Need known': '', 'Offer sent': '', Stage: '', Since: '', Closed: '', 'Why lost': '' },
};
const outcomes = (...rows: readonly Row[]) => readRows(described, { 'deals.csv': rows });
const types = (...rows: readonly Row[]) => typesOf(outcomes(...rows)).flat();

describe('a list with one row per deal', () => {
  it('adds the deal on the day it was created, at the first stage', () => {
    const [first] = outcomes(deal);
    expect(first).toMatchObject({
      dealId: 'A-1',
      events: [
        {
          at: Date.parse('2026-02-01T00:00:00+01:00'),
          event: {
            type: 'ProspectAdded',
            data: { title: 'Pumps', ownerId: 'Anna-Smith', stage: 'lead', amount: { minor: 123_450, currency: 'EUR' } },
          },
        },
      ],
    });
  });

  it('says nothing at all in a row of which one date is wrong, or has yet to come', () => {
    const told = (wrong: Row) =>
      outcomes({ ...deal, 'Need known': '03.02.2026', ...wrong }).map((each) =>
        each.kind === 'error' ? [each.error.field, each.error.code] : each.kind,
      );
    expect(told({ Created: '31.02.2026' })).toEqual([['Created', 'invalid-time']]);
    expect(told({ 'Offer sent': '01.07.2150' })).toEqual([['Offer sent', 'in-future']]);
    expect(told({ Name: '💰'.repeat(2_000) })).toEqual(['events', 'events']);
  });

  it('goes through the stages on the dates in their columns; those of one day in the order of the funnel', () => {
    const row = {
      ...deal,
      'Need known': '03.02.2026',
      'Offer sent': '03.02.2026',
      Stage: 'Contract',
      Since: '5.2.2026',
    };
    const moves = outcomes(row).flatMap((each) =>
      each.kind === 'events' ? each.events.map(({ event: { type, data } }) => [type, 'to' in data && data.to]) : [],
    );
    expect(moves).toEqual([
      ['ProspectAdded', false],
      ['StageAdvanced', 'need'],
      ['StageAdvanced', 'offer'],
      ['StageAdvanced', 'contract'],
    ]);
  });

  it('wins or loses it on the day it was closed, by what the list says', () => {
    expect(types({ ...deal, Stage: 'Won', Closed: '01.03.2026' })).toEqual(['ProspectAdded', 'DealWon']);
    const [, lost] = outcomes({ ...deal, Stage: 'Lost', Closed: '01.03.2026', 'Why lost': 'price' });
    expect(lost).toMatchObject({ events: [{ event: { type: 'DealLost', data: { reason: 'price' } } }] });
  });

  it('takes a deal that was closed before it was written down as there since then, and closed', () => {
    expect(types({ ...deal, Stage: 'Won', Closed: '01.01.2026' })).toEqual(['ProspectAdded', 'DealWon', 'ignored']);
  });

  it('names what happened by deal, date and step, so that a later list with other amounts adds only new steps', () => {
    const keys = (change: Row) =>
      outcomes({ ...deal, ...change }).flatMap((each) =>
        each.kind === 'events' ? each.events.map(({ key }) => key) : [],
      );
    expect(keys({ Amount: '99' })).toEqual(keys({}));
    expect(keys({ 'Need known': '03.02.2026' })).toEqual([...keys({}), expect.stringContaining('need')]);
  });

  it('tells two deals whose ids would become the same', () => {
    const [error] = outcomes(deal, { ...deal, Deal: 'A/1' });
    expect(error).toMatchObject({ kind: 'error', error: { line: 3, field: 'Deal', value: 'A/1' } });
  });

  it('names column, value and what was expected of a date in another order', () => {
    const [error] = outcomes({ ...deal, Created: '13/31/2026' });
    expect(error).toMatchObject({
      kind: 'error',
      error: { field: 'Created', reason: expect.stringContaining('day-first') },
    });
  });

  it('is refused a stage that the funnel lacks, and told which of its columns are missing', () => {
    const wrong = mapping.safeParse({ ...described, entered: { 'Offer sent': 'moon' } });
    expect(wrong.error?.issues).toMatchObject([{ path: ['entered', 'Offer sent'] }]);
    const header = Object.keys(deal).filter((column) => column !== 'Since');
    expect(missingParts(mapping.parse(described), [{ name: 'deals.csv', header }])).toEqual([
      { role: 'time', column: 'Since', file: 'deals.csv' },
    ]);
  });
});
