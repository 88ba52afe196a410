import { dayMs } from '@funnel/kernel';
import {
  advanced,
  contacted,
  day,
  lost,
  met,
  ofDeal,
  owned,
  planned,
  prospect,
  reopened,
  rowsOf,
  stepped,
  unweighed,
  weighed,
  won,
  worth,
  type Saying,
} from '../testing/histories.ts';
import { journeys } from '../journeys/journeys.ts';
import { machines, machinesDefinition } from '../testing/machines.ts';
import { repIn } from '../testing/people.ts';
import { aging } from './aging.ts';
import { agingAt, agingReport } from './aging-report.ts';
import type { AgingRequest } from './aging-report.types.ts';

type Told = [number, Saying][];
const eventsOf = (deals: Readonly<Record<string, Told>>) =>
  Object.entries(deals).flatMap(([id, told]) => ofDeal(id, told));
const rowOf = (...told: Told) =>
  rowsOf(aging, eventsOf({ a: [[day(0), prospect('lead')], ...told], b: [[day(4), prospect('need')]] })).get('a');

describe('where a deal stands', () => {
  it('begins where its prospect was added', () => {
    expect(rowOf()).toEqual({
      dealId: 'a',
      title: 'Deal a',
      customer: 'Customer a',
      funnelId: 'machines',
      open: true,
      stage: 'lead',
      stageEntry: 1,
      since: day(0),
      ownerId: 'anna',
      amount: { minor: 100_000, currency: 'CNY' },
      lastContactAt: null,
      nextStepDueAt: null,
      nextStepOpen: false,
      weightOverride: null,
      revision: 0,
    });
  });

  it('follows stage, amount, owner, contacts and next step', () => {
    const row = rowOf([day(1), advanced('lead', 'need')], [day(2), worth(5)], [day(2), owned('anna', 'bert')]);
    expect(row).toMatchObject({ stage: 'need', stageEntry: 2, since: day(1), amount: { minor: 5 }, ownerId: 'bert' });
    expect(rowOf([day(3), contacted('call')], [day(2), contacted('call')])).toMatchObject({ lastContactAt: day(3) });
    const step = planned('2026-01-09T00:00:00Z');
    expect(rowOf([day(1), step])).toMatchObject({ nextStepDueAt: day(4) });
    expect(rowOf([day(1), step], [day(2), stepped])).toMatchObject({ nextStepDueAt: null });
  });

  it('knows the revision that one has seen, whatever changed last', () => {
    expect(rowOf([day(1), met('visited')])).toMatchObject({ revision: 1 });
    expect(rowOf([day(1), weighed(0.35)], [day(2), contacted('call')])).toMatchObject({
      revision: 2,
      weightOverride: 0.35,
    });
    expect(rowOf([day(1), weighed(0.35)], [day(2), unweighed])).toMatchObject({ revision: 2, weightOverride: null });
  });

  it('is open until it is closed, and again when it is reopened', () => {
    expect(rowOf([day(1), lost('lead')])).toMatchObject({ open: false });
    expect(rowOf([day(1), won('lead', 7)])).toMatchObject({ open: false, amount: { minor: 7 } });
    const back = rowOf([day(1), lost('lead')], [day(9), reopened('contact')]);
    expect(back).toMatchObject({ open: true, stage: 'contact', stageEntry: 2, since: day(9), ownerId: 'anna' });
  });
});

const company: Record<string, Told> = {
  fresh: [[day(19), prospect('lead')]],
  warned: [[day(12), prospect('lead', { ownerId: 'bert', minor: 500 })]],
  over: [[day(10), prospect('lead')]],
  stale: [[day(0), prospect('lead', { currency: 'EUR' })]],
  patient: [[day(0), prospect('need')]],
  closed: [
    [day(0), prospect('lead')],
    [day(20), lost('lead')],
  ],
};
const funnels = [machines({ limits: { lead: 10, closing: 5 } })];
const rows = [...rowsOf(aging, eventsOf(company)).values()];
const report = (request: Partial<AgingRequest> = {}) =>
  agingReport({ rows, funnels, now: day(20), timeZone: 'Asia/Shanghai', ...request });
const states = (request: Partial<AgingRequest> = {}) =>
  Object.fromEntries(report(request).deals.map(({ dealId, state }) => [dealId, state]));

describe('an aging report', () => {
  it('tells from the limit of the stage how a deal stands', () => {
    expect(states()).toEqual({ fresh: 'ok', warned: 'due', over: 'over', stale: 'stale', patient: 'ok' });
  });

  it('changes state exactly at 80 %, at the limit and at twice the limit', () => {
    const stateAt = (now: number) => states({ now }).over;
    expect([18, 20, 30].map((days) => [stateAt(day(days) - 1), stateAt(day(days))])).toEqual([
      ['ok', 'due'],
      ['due', 'over'],
      ['over', 'stale'],
    ]);
  });

  it('says how long a deal has stood and when that is too long', () => {
    const [first] = report().deals;
    const seconds = dayMs / 1_000;
    expect(first).toMatchObject({ dealId: 'stale', part: 'top', dueAt: day(10), overSeconds: 10 * seconds });
    expect(first).toMatchObject({ dwellSeconds: 20 * seconds, limitSeconds: 10 * seconds });
  });

  it('begins with what is furthest over, and ends with what has no limit', () => {
    expect(report().deals.map(({ dealId }) => dealId)).toEqual(['stale', 'over', 'warned', 'fresh', 'patient']);
    expect(report().deals.at(-1)).toMatchObject({ limitSeconds: null, dueAt: null, overSeconds: null });
  });

  it('begins with the longest stay among deals without a limit', () => {
    const unlimited = [day(6), day(4), day(5)].map((since, index) => ({
      ...rows[0]!,
      dealId: `${index}`,
      stage: 'need',
      since,
    }));
    expect(report({ rows: unlimited }).deals.map(({ dealId }) => dealId)).toEqual(['1', '2', '0']);
  });

  it('adds up per stage, in funnel order, and in total', () => {
    expect(report().stages).toEqual([
      {
        funnelId: 'machines',
        stage: 'lead',
        label: 'Lead',
        part: 'top',
        count: 4,
        amounts: { CNY: 200_500n, EUR: 100_000n },
        states: { ok: 1, due: 1, over: 1, stale: 1 },
      },
      {
        funnelId: 'machines',
        stage: 'need',
        label: 'Need',
        part: 'middle',
        count: 1,
        amounts: { CNY: 100_000n },
        states: { ok: 1, due: 0, over: 0, stale: 0 },
      },
    ]);
    expect(report().totals).toMatchObject({ count: 5, states: { ok: 2, due: 1, over: 1, stale: 1 } });
  });

  it('says what each deal weighs, and why', () => {
    const weighs = (request: Partial<AgingRequest> = {}) =>
      report(request).deals.find(({ dealId }) => dealId === 'patient')?.weighs;
    expect(weighs()).toEqual({ weight: 5_000, because: 'stage' });
    expect(weighs({ funnels: [machines({ nextStepRule: true })] })).toEqual({ weight: 0, because: 'no-next-step' });
    expect(weighs({ funnels: [] })).toEqual({ weight: 0, because: 'stage' });
  });

  it('is restricted by owner, stage, funnel, team and state', () => {
    const count = (filter: AgingRequest['filter']) => report({ filter }).totals.count;
    expect(count({ ownerId: 'bert' })).toBe(1);
    expect(count({ stage: 'need' })).toBe(1);
    expect(count({ dealIds: ['over', 'closed', 'nowhere'] })).toBe(1);
    expect(count({ funnelId: 'services' })).toBe(0);
    expect(count({ state: 'stale' })).toBe(1);
    const reps = [repIn('bert', [day(0), 'north'])];
    expect(report({ reps, filter: { teamId: 'north' } }).deals.map(({ dealId }) => dealId)).toEqual(['warned']);
  });

  it('lets weekends pass where a limit is in business days', () => {
    const definition = machinesDefinition({ limits: { lead: 5 } });
    const stages = definition.stages.map((stage) => ({ ...stage, dwellIn: 'business-days' as const }));
    const versions = [
      { at: 0, recordedAt: 0, revision: 0, reason: null, definition: { ...definition, stages } },
    ] as const;
    // Thursday to Thursday, a weekend between them.
    const [deal] = report({
      funnels: [{ funnelId: 'machines', versions }],
      rows: rows.filter(({ dealId }) => dealId === 'over').map((row) => ({ ...row, since: day(3) })),
      now: day(10),
      timeZone: 'UTC',
    }).deals;
    expect(deal).toMatchObject({ dueAt: day(10), state: 'over', limitSeconds: (7 * dayMs) / 1_000 });
  });

  it('applies a new limit to the past as well', () => {
    const definition = machinesDefinition({ limits: { lead: 2 } });
    const revised = { at: day(15), recordedAt: 0, revision: 1, reason: null, definition };
    const versions = [...machines({ limits: { lead: 10 } }).versions, revised] as const;
    expect(states({ funnels: [{ funnelId: 'machines', versions }] })).toMatchObject({ warned: 'stale', fresh: 'ok' });
  });

  it('keeps a deal whose stage or funnel nobody knows', () => {
    const lostRow = { ...rows[0]!, dealId: 'odd', stage: 'limbo', funnelId: 'nowhere' };
    const odd = report({ rows: [...rows, lostRow] });
    expect(odd.deals.find(({ dealId }) => dealId === 'odd')).toMatchObject({ state: 'ok', part: null });
    expect(odd.stages.at(-1)).toMatchObject({ funnelId: 'nowhere', stage: 'limbo', label: 'limbo', count: 1 });
  });

  it('can be had as of a past instant', () => {
    const past = agingAt({
      journeys: rowsOf(journeys, eventsOf(company)).values(),
      funnels,
      now: day(11),
      timeZone: 'Asia/Shanghai',
    });
    expect(past.deals.map(({ dealId, state }) => [dealId, state])).toEqual([
      ['closed', 'over'],
      ['stale', 'over'],
      ['over', 'ok'],
      ['patient', 'ok'],
    ]);
  });
});
