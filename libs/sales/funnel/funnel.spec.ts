import type { Dated } from '@funnel/kernel';
import { specificationOf, stateAfter } from '@funnel/testing';
import { iso, july, ladder } from '../deal/deal.fixtures.ts';
import type { CalibrationEvidence } from './evidence.ts';
import type { FunnelDefinition, FunnelEvent } from './funnel.events.ts';
import { funnel, funnelAt } from './funnel.ts';

const given = specificationOf(funnel);
const define = (definition: FunnelDefinition, at = july(10), reason?: string) =>
  ({ type: 'DefineFunnel', definition, at, now: july(10), reason }) as const;
const defined = (at = july(1)): Dated<FunnelEvent> => ({ type: 'FunnelDefined', at, data: ladder });
const revised = (definition: FunnelDefinition, at: number): Dated<FunnelEvent> => ({
  type: 'FunnelRevised',
  at,
  data: { ...definition, reason: 'new year' },
});
const scores = { brier: 0.2, wape: 0.4, bias: null };
const evidence: CalibrationEvidence = {
  ...{ kind: 'calibration', digest: 'abc', asOfPosition: '12', knownAt: null, basis: 'count', least: 30 },
  ...{ splitAt: iso(july(1)), horizonDays: 90, learntOn: [iso(july(1))], judgedOn: [iso(july(2))], stages: [] },
  scores: { before: scores, after: scores },
};
const labelled = (label: string): FunnelDefinition => ({ ...ladder, label });
const [lead, ...others] = ladder.stages as [FunnelDefinition['stages'][number], ...FunnelDefinition['stages']];

describe('defining a funnel', () => {
  it('records the whole definition', () => given().when(define(ladder)).then({ type: 'FunnelDefined', data: ladder }));
  it('says nothing new when it is defined so already', () => given(defined()).when(define(ladder)).then());
  it('revises it when it differs, with the reason', () =>
    given(defined())
      .when(define(labelled('Steps'), july(10), 'clearer'))
      .then({ type: 'FunnelRevised', data: { ...labelled('Steps'), reason: 'clearer' } }));
  it('records what its weights were learnt from', () => {
    const definition = labelled('Steps');
    given(defined())
      .when({ ...define(definition), evidence })
      .then({ type: 'FunnelRevised', data: { ...definition, evidence } });
    given(defined(), { type: 'FunnelRevised', at: july(2), data: { ...definition, evidence } })
      .when(define(definition))
      .then();
  });
  it('says nothing new when it was revised so already', () =>
    given(defined(), revised(labelled('Steps'), july(2)))
      .when(define(labelled('Steps')))
      .then());
  it('may go back to what it was', () =>
    given(defined(), revised(labelled('Steps'), july(2)))
      .when(define(ladder))
      .then({ type: 'FunnelRevised', data: ladder }));
  it('takes at least one stage', () =>
    given()
      .when(define({ ...ladder, stages: [] }))
      .thenRejected('stages-missing'));
  it('takes each stage once', () =>
    given()
      .when(define({ ...ladder, stages: [lead, ...others, lead, lead] }))
      .thenRejected('stage-repeated', { stages: ['lead'] }));
  it('takes each criterion once in the whole funnel', () => {
    const exitCriteria = [{ key: 'budget', label: 'Money' }];
    given(defined())
      .when(define({ ...ladder, stages: [{ ...lead, exitCriteria }, ...others] }))
      .thenRejected('criterion-repeated', { criteria: ['budget'] });
  });
  it('may add and reorder stages', () => {
    const stages = [...others, { ...lead, key: 'dream' }, lead];
    given(defined())
      .when(define({ ...ladder, stages }))
      .then({ type: 'FunnelRevised', data: { ...ladder, stages } });
  });
  it('never drops a stage, since deals may stand there', () =>
    given(defined())
      .when(define({ ...ladder, stages: others }))
      .thenRejected('stage-removed', { stages: ['lead'] }));
  it('never changes its currency', () =>
    given(defined())
      .when(define({ ...ladder, currency: 'EUR' }))
      .thenRejected('currency-fixed', { currency: 'CNY' }));
  it('may not be dated in the future', () =>
    given()
      .when(define(ladder, july(11)))
      .thenRejected('occurred-in-future', { occurredAt: iso(july(11)) }));
  it('may not be dated before the latest version, but at its instant', () => {
    given(defined(july(5)))
      .when(define(labelled('Steps'), july(4)))
      .thenRejected('occurred-before-latest-change', { facet: 'version', latest: iso(july(5)) });
    given(defined(july(5)))
      .when(define(labelled('Steps'), july(5)))
      .then({ type: 'FunnelRevised', data: labelled('Steps') });
  });
});

describe('the version of a funnel in force', () => {
  const labelAt = (at: number, ...events: Dated<FunnelEvent>[]) => {
    const state = stateAfter(funnel, events);
    return state.status === 'defined' ? funnelAt(state, at).label : undefined;
  };
  const history = [defined(july(3)), revised(labelled('Second'), july(5)), revised(labelled('Third'), july(7))];

  it.each([
    ['long before the first', july(1), 'Ladder'],
    ['at the first', july(3), 'Ladder'],
    ['just before the second', july(5) - 1, 'Ladder'],
    ['at the second', july(5), 'Second'],
    ['after the third', july(9), 'Third'],
  ])('%s is known', (_, at, label) => expect(labelAt(at, ...history)).toBe(label));
  it('is the one recorded later where two begin at once', () =>
    expect(labelAt(july(5), ...history, revised(labelled('Corrected'), july(5)))).toBe('Corrected'));
  it('is the revision where it begins at once with the first', () =>
    expect(labelAt(july(3), defined(july(3)), revised(labelled('Second'), july(3)))).toBe('Second'));
  it('follows business time where versions were imported late', () => {
    const late = [defined(july(5)), revised(labelled('Third'), july(7)), revised(labelled('Second'), july(6))];
    expect([july(5), july(6), july(7)].map((at) => labelAt(at, ...late))).toEqual(['Ladder', 'Second', 'Third']);
    expect(labelAt(july(1), ...late, revised(labelled('Zeroth'), july(2)))).toBe('Zeroth');
  });
});
