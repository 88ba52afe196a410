import type { Dated } from '@funnel/kernel';
import { specificationOf, stateAfter } from '@funnel/testing';
import { fact, iso, july, ladder, prospect, prospectFacts, won } from '../deal/deal.fixtures.ts';
import { deal } from '../deal/deal.ts';
import type { FunnelDefinition } from '../funnel/funnel.events.ts';
import type { AlertEvent } from './alert.events.ts';
import { alert, dwellCauseGone } from './alert.ts';
import { questionsFor } from './questions.ts';

const given = specificationOf(alert);
const stuck = stateAfter(deal, [prospect()]);
const moved = fact('StageAdvanced', july(5), { from: 'lead', to: 'need' });
const back = fact('StageRegressed', july(6), { from: 'need', to: 'lead' });
const judged = { deal: stuck, funnel: ladder, now: july(11), timeZone: 'Asia/Shanghai' };
const raise = { type: 'RaiseDwellAlert', stageEntry: 1, ...judged } as const;
const withLimit = (maxDwellDays: number | null): FunnelDefinition => ({
  ...ladder,
  stages: ladder.stages.map((stage) => ({ ...stage, maxDwellDays })),
});
const facts = {
  alertId: 'dwell-d1-1',
  kind: 'stage-dwell' as const,
  dealId: 'd1',
  title: prospectFacts.title,
  funnelId: 'ladder',
  stage: 'lead',
  part: 'top' as const,
  stageEntry: 1,
  ownerId: 'anna',
  since: iso(july(1)),
  dueAt: iso(july(11)),
  limitDays: 10,
  questions: ['Is the customer still undecided?', 'Has the rep lost contact with the customer?'],
};
const raised: Dated<AlertEvent> = { type: 'AlertRaised', at: july(11), data: facts };
const acknowledged: Dated<AlertEvent> = { type: 'AlertAcknowledged', at: july(12), data: { alertId: 'dwell-d1-1' } };
const resolved: Dated<AlertEvent> = {
  type: 'AlertResolved',
  at: july(13),
  data: { alertId: 'dwell-d1-1', because: 'moved-on' },
};

describe('raising an alert for a deal that stays too long', () => {
  it('tells what is stuck, since when, and what to ask', () =>
    given().when(raise).then({ type: 'AlertRaised', data: facts }));
  it.each([[raised], [raised, acknowledged], [raised, acknowledged, resolved]])('happens once', (...history) =>
    given(...history.filter((event) => typeof event === 'object'))
      .when(raise)
      .then(),
  );
  it('waits until the stay is over the limit', () =>
    given()
      .when({ ...raise, now: july(11) - 1 })
      .thenRejected('no-longer-due'));
  it.each([
    ['was never added', []],
    ['is won', [prospect(), won(9)]],
    ['is lost', [prospect(), fact('DealLost', july(9), { stage: 'lead', reason: 'price' })]],
    ['moved on', [prospect(), moved]],
    ['came back for another stay', [prospect(), moved, back]],
    ['stands in a stage that the funnel does not know', [prospect('moon')]],
  ])('does not happen when the deal %s', (_, history) =>
    given()
      .when({ ...raise, deal: stateAfter(deal, history), now: july(30) })
      .thenRejected('no-longer-due'),
  );
  it('does not happen when the limit was raised or lifted', () => {
    given()
      .when({ ...raise, funnel: withLimit(11) })
      .thenRejected('no-longer-due');
    given()
      .when({ ...raise, funnel: withLimit(null) })
      .thenRejected('no-longer-due');
  });
  it("counts business days in the company's time zone", () => {
    const closing = { ...raise, deal: stateAfter(deal, [prospect('closing')]) };
    given()
      .when({ ...closing, now: july(8) - 1 })
      .thenRejected('no-longer-due');
    expect(alert.decide({ ...closing, now: july(8) }, alert.initial)).toMatchObject({
      accepted: true,
      events: [{ data: { dueAt: iso(july(8)), limitDays: 5, questions: questionsFor.bottom } }],
    });
  });
});

describe('acknowledging an alert', () => {
  const acknowledge = { type: 'AcknowledgeAlert', note: 'I call them', at: july(8), now: july(8) } as const;

  it('records the note', () =>
    given(raised)
      .when(acknowledge)
      .then({ type: 'AlertAcknowledged', data: { alertId: 'dwell-d1-1', note: 'I call them' } }));
  it('happens once', () => given(raised, acknowledged).when(acknowledge).then());
  it('is refused when nothing was raised', () => given().when(acknowledge).thenRejected('alert-absent'));
  it('is refused when it is dated in the future', () =>
    given(raised)
      .when({ ...acknowledge, at: july(9) })
      .thenRejected('occurred-in-future'));
  it('is refused when the alert is resolved', () => {
    given(raised, resolved).when(acknowledge).thenRejected('alert-resolved');
    given(raised, resolved, acknowledged).when(acknowledge).thenRejected('alert-resolved');
  });
});

describe('resolving an alert', () => {
  const resolve = { type: 'ResolveAlert', because: 'closed' } as const;
  const told = { type: 'AlertResolved', data: { alertId: 'dwell-d1-1', because: 'closed' } } as const;

  it('records why, whether it was acknowledged or not', () => {
    given(raised).when(resolve).then(told);
    given(raised, acknowledged).when(resolve).then(told);
  });
  it('happens once', () => given(raised, resolved).when(resolve).then());
  it('is refused when nothing was raised', () => {
    given().when(resolve).thenRejected('alert-absent');
    given(resolved, acknowledged).when(resolve).thenRejected('alert-absent');
  });
});

describe('the cause of an alert', () => {
  const goneAfter = (...history: Parameters<typeof deal.evolve>[1][]) =>
    dwellCauseGone(facts, { ...judged, deal: stateAfter(deal, [prospect(), ...history]) });

  it('stands while the deal stays', () => expect(goneAfter()).toBeUndefined());
  it('is gone when the deal moved on, even if it came back', () => {
    expect(goneAfter(moved)).toBe('moved-on');
    expect(goneAfter(moved, back)).toBe('moved-on');
  });
  it('is gone when the deal was closed', () => expect(goneAfter(won(9))).toBe('closed'));
  it('is gone when the limit was raised or lifted', () => {
    expect(dwellCauseGone(facts, { ...judged, funnel: withLimit(11) })).toBe('limit-changed');
    expect(dwellCauseGone(facts, { ...judged, funnel: withLimit(null) })).toBe('limit-changed');
  });
});

describe('the questions of an alert', () => {
  it.each(['top', 'middle', 'bottom'] as const)('are there for the %s part of the funnel', (part) =>
    expect(questionsFor[part].length).toBeGreaterThan(1),
  );
});
