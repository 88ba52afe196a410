import { specificationOf } from '@funnel/testing';
import { anna, boss, cny, command, event, fact, iso, july, prospect, won } from './deal.fixtures.ts';
import { deal } from './deal.ts';

const given = specificationOf(deal);
const lost = fact('DealLost', july(5), { stage: 'lead', reason: 'price' });

describe('valuing a deal', () => {
  it('records the new amount', () =>
    given(prospect())
      .when(command('ValueDeal', { amount: cny(7) }))
      .then(event('DealValued', { amount: cny(7) })));
  it('keeps what was said in another currency', () => {
    const foreign = { amount: cny(7), conversion: { original: { minor: 1, currency: 'EUR' }, rate: '7' } };
    given(prospect()).when(command('ValueDeal', foreign)).then(event('DealValued', foreign));
  });
  it('records only what changes', () =>
    given(prospect())
      .when(command('ValueDeal', { amount: cny(100_000_00), expectedClose: '2027-03-31' }))
      .then(event('DealValued', { expectedClose: '2027-03-31' })));
  it('clears the expected close', () =>
    given(prospect())
      .when(command('ValueDeal', { expectedClose: null }))
      .then(event('DealValued', { expectedClose: null })));
  it('says nothing new when nothing changes', () => {
    given(prospect())
      .when(command('ValueDeal', { amount: cny(100_000_00), expectedClose: '2026-12-31' }))
      .then();
    given(prospect(), fact('DealValued', july(2), { amount: cny(7), expectedClose: null }))
      .when(command('ValueDeal', { amount: cny(7), expectedClose: null }))
      .then();
    given(prospect()).when(command('ValueDeal', {})).then();
  });
  it('keeps the expected close when only the amount is told', () =>
    given(prospect(), fact('DealValued', july(2), { amount: cny(7) }))
      .when(command('ValueDeal', { expectedClose: '2026-12-31' }))
      .then());
  it('refuses an amount below nothing', () =>
    given(prospect())
      .when(command('ValueDeal', { amount: cny(-1) }))
      .thenRejected('amount-negative'));
  it("refuses an amount that is not in the deal's currency", () =>
    given(prospect())
      .when(command('ValueDeal', { amount: { minor: 1, currency: 'USD' } }))
      .thenRejected('currency-mismatch', { expected: 'CNY', got: 'USD' }));
  it('refuses when the deal is closed', () =>
    given(prospect(), lost)
      .when(command('ValueDeal', { amount: cny(7) }))
      .thenRejected('deal-not-open', { status: 'lost' }));
});

describe('the next step of a deal', () => {
  const visit = { action: 'visit the plant', dueAt: iso(july(20)), people: ['Ms Li'] };
  const set = fact('NextStepSet', july(9), { step: visit });
  const complete = command('CompleteNextStep', { outcome: 'they like it' });

  it('is set, with time, place and people', () =>
    given(prospect())
      .when(command('SetNextStep', { step: visit }))
      .then(event('NextStepSet', { step: visit })));
  it('is replaced by another one', () => {
    const call = { action: 'call', dueAt: null };
    given(prospect(), set)
      .when(command('SetNextStep', { step: call }))
      .then(event('NextStepSet', { step: call }));
  });
  it('is set once', () =>
    given(prospect(), set)
      .when(command('SetNextStep', { step: visit }))
      .then());
  it('may be due at the instant it is set, but not before', () => {
    const due = (at: number) => ({ action: 'call', dueAt: iso(at) });
    given(prospect())
      .when(command('SetNextStep', { step: due(july(10)) }))
      .then(event('NextStepSet', { step: due(july(10)) }));
    given(prospect())
      .when(command('SetNextStep', { step: due(july(10) - 1) }))
      .thenRejected('next-step-due-in-past', { dueAt: iso(july(10) - 1) });
  });
  it('is completed with its outcome', () =>
    given(prospect(), set)
      .when(complete)
      .then(event('NextStepCompleted', { outcome: 'they like it' })));
  it('cannot be completed when there is none', () => {
    given(prospect()).when(complete).thenRejected('no-open-next-step');
    given(prospect(), set, fact('NextStepCompleted', july(9), {}))
      .when(complete)
      .thenRejected('no-open-next-step');
  });
  it('is set and completed after the sale as well', () => {
    given(prospect(), won(5))
      .when(command('SetNextStep', { step: visit }))
      .then(event('NextStepSet', { step: visit }));
    given(prospect(), set, won(9))
      .when(complete)
      .then(event('NextStepCompleted', { outcome: 'they like it' }));
  });
});

describe('the owner of a deal', () => {
  const give = (override?: { reason: string }, actor = anna) =>
    command('ReassignOwner', { to: 'ben', reason: 'region', override }, { actor });
  const handed = { from: 'anna', to: 'ben', reason: 'region' };

  it('is reassigned with a reason', () => given(prospect()).when(give()).then(event('OwnerReassigned', handed)));
  it('may be nobody: the deal goes to the pool', () =>
    given(prospect())
      .when(command('ReassignOwner', { to: null, reason: 'no contact' }))
      .then(event('OwnerReassigned', { from: 'anna', to: null, reason: 'no contact' })));
  it('is not reassigned to himself', () =>
    given(prospect())
      .when(command('ReassignOwner', { to: 'anna', reason: 'region' }))
      .then());
  it('is the one it was last reassigned to', () =>
    given(prospect(), fact('OwnerReassigned', july(2), handed))
      .when(give())
      .then());
  it('stays in a stage that locks him', () =>
    given(prospect('quoted')).when(give()).thenRejected('owner-locked', { stage: 'quoted' }));
  it("changes there by a manager's override, which is recorded", () =>
    given(prospect('quoted'))
      .when(give({ reason: 'Anna leaves' }, boss))
      .then(event('OwnerReassigned', { ...handed, override: { reason: 'Anna leaves' } })));
  it("does not change there by a rep's override", () =>
    given(prospect('quoted'))
      .when(give({ reason: 'please' }))
      .thenRejected('override-not-permitted'));
  it('does not change there because a manager asks, without an override', () =>
    given(prospect('quoted')).when(give(undefined, boss)).thenRejected('owner-locked'));
  it('stays when the deal is closed', () => given(prospect(), lost).when(give()).thenRejected('deal-not-open'));
});

describe('a contact', () => {
  const logged = { kind: 'call' as const, note: 'budget is there', people: ['Ms Li'] };
  const call = command('LogContact', logged);

  it('is logged, also after the sale', () => {
    given(prospect()).when(call).then(event('ContactLogged', logged));
    given(prospect(), won(5)).when(call).then(event('ContactLogged', logged));
  });
  it('told again, of the same instant and in the same words, is still one', () =>
    given(prospect(), fact('ContactLogged', july(10), logged))
      .when(call)
      .then());
  it('in the same words of another instant is another one', () =>
    given(prospect(), fact('ContactLogged', july(9), logged))
      .when(call)
      .then(event('ContactLogged', logged)));
});

describe('overriding the weight of a deal', () => {
  const override = command('OverrideWeight', { weight: 0.35, reason: 'tender' });
  const overridden = fact('WeightOverridden', july(2), { weight: 0.35, reason: 'tender' });
  const clear = command('ClearWeightOverride', {});

  it('records the weight and why', () =>
    given(prospect())
      .when(override)
      .then(event('WeightOverridden', { weight: 0.35, reason: 'tender' })));
  it('says nothing new when it is the same', () => given(prospect(), overridden).when(override).then());
  it('records a new reason for the same weight', () =>
    given(prospect(), overridden)
      .when(command('OverrideWeight', { weight: 0.35, reason: 'second round' }))
      .then(event('WeightOverridden', { weight: 0.35, reason: 'second round' })));
  it('is cleared', () => given(prospect(), overridden).when(clear).then(event('WeightOverrideCleared', {})));
  it('is cleared once', () => {
    given(prospect()).when(clear).then();
    given(prospect(), overridden, fact('WeightOverrideCleared', july(3), {}))
      .when(clear)
      .then();
  });
  it('is refused when the deal is closed', () => {
    given(prospect(), won(5)).when(override).thenRejected('deal-not-open');
    given(prospect(), overridden, won(5)).when(clear).thenRejected('deal-not-open');
  });
});
