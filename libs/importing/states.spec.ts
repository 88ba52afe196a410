import type { Row } from './index.ts';
import { readRows, typesOf } from './testing/read-rows.ts';

const stage = (key: string, weight: number) => ({ key, label: key, part: 'top', weight });
const described = {
  format: 'event-log',
  columns: { deal: 'deal', time: 'when', activity: 'stage', amount: 'amount', probability: 'percent', row: 'id' },
  order: 'time',
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  defaults: { amount: '0' },
  funnel: { id: 'f', label: 'F', stages: [stage('lead', 0.1), stage('offer', 0.5), stage('contract', 0.9)] },
  states: [
    { when: { activity: 'Lead' }, is: 'open', stage: 'lead' },
    { when: { activity: 'Offer' }, is: 'open', stage: 'offer' },
    { when: { activity: 'Contract' }, is: 'open', stage: 'contract' },
    { when: { activity: 'Won' }, is: 'won' },
    { when: { activity: 'Lost' }, is: 'lost', reason: 'lost in the old system' },
  ],
};
let number = 0;
const row = (day: number, standing: string, more: Row = {}): Row => ({
  ...{ deal: 'd', when: `2026-01-${String(day).padStart(2, '0')}`, stage: standing, amount: '100', percent: '' },
  id: `r${(number += 1)}`,
  ...more,
});
const outcomes = (...rows: readonly Row[]) => readRows(described, { 'rows.csv': rows });
const types = (...rows: readonly Row[]) => typesOf(outcomes(...rows));
const lastEvents = (...rows: readonly Row[]) => {
  const last = outcomes(...rows).at(-1);
  return last?.kind === 'events' ? last.events.map(({ event }) => event) : [];
};

describe('rows that tell how a deal stands', () => {
  it('add it where it stands, move it, and win it', () => {
    const rows = [row(1, 'Offer'), row(2, 'Contract'), row(3, 'Offer'), row(4, 'Won')];
    expect(types(...rows)).toEqual([['ProspectAdded'], ['StageAdvanced'], ['StageRegressed'], ['DealWon']]);
  });

  it('are sorted by time first, deal by deal', () => {
    const other = { deal: 'e' };
    const rows = [row(4, 'Won'), row(2, 'Lead', other), row(1, 'Lead'), row(1, 'Offer', other), row(3, 'Contract')];
    expect(types(...rows)).toEqual([
      ['ProspectAdded'],
      ['StageAdvanced'],
      ['DealWon'],
      ['ProspectAdded'],
      ['StageRegressed'],
    ]);
  });

  it('say nothing new where the deal stands there already', () => {
    expect(types(row(1, 'Lead'), row(2, 'Lead')).at(-1)).toBe('ignored');
  });

  it('reopen a deal that was won and is lost later', () => {
    const rows = [row(1, 'Offer'), row(2, 'Won'), row(3, 'Lost')];
    expect(lastEvents(...rows)).toEqual([
      { type: 'DealReopened', data: { dealId: 'd', stage: 'offer', reason: 'won before, lost since' } },
      { type: 'DealLost', data: { dealId: 'd', stage: 'offer', reason: 'lost in the old system' } },
    ]);
  });

  it('reopen a lost deal into the stage where it goes on, with its new amount', () => {
    const rows = [row(1, 'Offer'), row(2, 'Lost'), row(3, 'Contract', { amount: '250' })];
    expect(types(...rows).at(-1)).toEqual(['DealReopened', 'DealValued', 'StageAdvanced']);
  });

  it('correct what a deal was won for', () => {
    const rows = [row(1, 'Offer'), row(2, 'Won'), row(3, 'Won', { amount: '120' })];
    expect(types(...rows).at(-1)).toEqual(['DealReopened', 'DealValued', 'DealWon']);
    expect(lastEvents(...rows).at(-1)).toMatchObject({ data: { amount: { minor: 12_000, currency: 'EUR' } } });
    expect(types(...rows, row(4, 'Won', { amount: '120' })).at(-1)).toBe('ignored');
  });

  it('begin a deal that was never seen open at the first stage', () => {
    const [first] = outcomes(row(1, 'Won'));
    expect(first).toMatchObject({
      events: [{ event: { type: 'ProspectAdded', data: { stage: 'lead' } } }, { event: { type: 'DealWon' } }],
    });
  });

  it('take a probability that is not the stage’s own for somebody’s judgement, and its return for the end of that', () => {
    const rows = [row(1, 'Lead', { percent: '10' }), row(2, 'Lead', { percent: '35' })];
    expect(types(...rows)).toEqual([['ProspectAdded'], ['WeightOverridden']]);
    expect(lastEvents(...rows)).toMatchObject([{ data: { weight: 0.35 } }]);
    expect(types(...rows, row(3, 'Offer', { percent: '50' })).at(-1)).toEqual([
      'StageAdvanced',
      'WeightOverrideCleared',
    ]);
  });

  it('take a missing amount for the one that the mapping names, only where the deal begins', () => {
    expect(types(row(1, 'Lead', { amount: '' }), row(2, 'Offer'), row(3, 'Won', { amount: '' }))).toEqual([
      ['ProspectAdded'],
      ['DealValued', 'StageAdvanced'],
      ['DealWon'],
    ]);
  });

  it('leave no trace when one of their fields cannot be read', () => {
    const rows = [row(1, 'Lead'), row(2, 'Offer', { percent: '200' }), row(3, 'Contract')];
    expect(types(...rows)).toEqual([['ProspectAdded'], 'error', ['StageAdvanced']]);
    expect(lastEvents(...rows)).toMatchObject([{ data: { from: 'lead', to: 'contract' } }]);
  });

  it('keep their names when other fields of them change', () => {
    const keys = (title: string) =>
      outcomes({ ...row(1, 'Lead'), id: 'same', title }).flatMap((each) =>
        each.kind === 'events' ? each.events.map(({ key }) => key) : [],
      );
    expect(keys('before')).toEqual(keys('after'));
  });
});
