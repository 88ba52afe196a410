import { specificationOf } from '@funnel/testing';
import { anna, cny, command, event, fact, iso, july, prospect, prospectFacts, won } from './deal.fixtures.ts';
import { deal } from './deal.ts';

const given = specificationOf(deal);
const lost = fact('DealLost', july(5), { stage: 'lead', reason: 'price' });
const advanceTo = (to: string) => command('AdvanceStage', { to });

describe('adding a prospect', () => {
  const add = command('AddProspect', prospectFacts);

  it('puts the deal in the first stage when none is named', () =>
    given()
      .when(add)
      .then(event('ProspectAdded', { ...prospectFacts, funnelId: 'ladder', stage: 'lead' })));
  it('takes any stage of the funnel', () =>
    given()
      .when(command('AddProspect', { ...prospectFacts, stage: 'quoted' }))
      .then(event('ProspectAdded', { ...prospectFacts, funnelId: 'ladder', stage: 'quoted' })));
  it('keeps what was said in another currency', () => {
    const foreign = { ...prospectFacts, conversion: { original: { minor: 100, currency: 'EUR' }, rate: '7.8' } };
    given()
      .when(command('AddProspect', foreign))
      .then(event('ProspectAdded', { ...foreign, funnelId: 'ladder', stage: 'lead' }));
  });
  it('refuses a stage that the funnel does not have', () =>
    given()
      .when(command('AddProspect', { ...prospectFacts, stage: 'moon' }))
      .thenRejected('stage-unknown', { stage: 'moon' }));
  it('takes an amount of nothing but none below', () => {
    const free = { ...prospectFacts, amount: cny(0) };
    given()
      .when(command('AddProspect', free))
      .then(event('ProspectAdded', { ...free, funnelId: 'ladder', stage: 'lead' }));
    given()
      .when(command('AddProspect', { ...prospectFacts, amount: cny(-1) }))
      .thenRejected('amount-negative');
  });
  it("refuses an amount that is not in the funnel's currency", () =>
    given()
      .when(command('AddProspect', { ...prospectFacts, amount: { minor: 1, currency: 'EUR' } }))
      .thenRejected('currency-mismatch', { expected: 'CNY', got: 'EUR' }));
  it('refuses a deal that is there already', () => given(prospect()).when(add).thenRejected('deal-exists'));
});

describe('any command', () => {
  it('is refused for a deal that nobody added', () => given().when(advanceTo('need')).thenRejected('deal-absent'));
  it('may be dated five minutes ahead, as clocks differ, but no more', () => {
    const minutes = (count: number) =>
      command('LogContact', { kind: 'call' }, { at: july(10) + count * 60_000, now: july(10) });
    given(prospect())
      .when(minutes(5))
      .then(event('ContactLogged', { kind: 'call' }));
    given(prospect())
      .when(minutes(5.01))
      .thenRejected('occurred-in-future', { occurredAt: iso(july(10) + 300_600) });
  });
  it('may be dated at the instant the deal was added, but not before', () => {
    const callAt = (at: number) => command('LogContact', { kind: 'call' }, { at, now: july(10) });
    given(prospect())
      .when(callAt(july(1)))
      .then(event('ContactLogged', { kind: 'call' }));
    given(prospect())
      .when(callAt(july(1) - 1))
      .thenRejected('occurred-before-added', { addedAt: iso(july(1)) });
  });
});

describe('telling history forwards', () => {
  const late = { at: july(4), now: july(10) };
  const moved = fact('StageAdvanced', july(5), { from: 'lead', to: 'need' });

  it('refuses a move dated before the latest move', () =>
    given(prospect(), moved)
      .when(command('RegressStage', { to: 'lead' }, late))
      .thenRejected('occurred-before-latest-change', { facet: 'stage', latest: iso(july(5)) }));
  it('takes moves of the same instant in the order in which they are told', () =>
    given(prospect(), moved)
      .when(command('RegressStage', { to: 'lead' }, { at: july(5) }))
      .then(event('StageRegressed', { from: 'need', to: 'lead' })));
  it('judges each facet by itself: the owner may have changed before the latest move', () =>
    given(prospect(), moved)
      .when(command('ReassignOwner', { to: 'ben', reason: 'region' }, late))
      .then(event('OwnerReassigned', { from: 'anna', to: 'ben', reason: 'region' })));
  it('keeps the later date when an imported fact is older than what was known', () =>
    given(prospect(), moved, fact('StageRegressed', july(3), { from: 'need', to: 'lead' }))
      .when(command('AdvanceStage', { to: 'need' }, late))
      .thenRejected('occurred-before-latest-change', { facet: 'stage', latest: iso(july(5)) }));

  const changes = [
    ['owner', fact('OwnerReassigned', july(5), { from: 'anna', to: 'ben', reason: 'region' })],
    ['value', fact('DealValued', july(5), { amount: cny(5) })],
    ['weight', fact('WeightOverridden', july(5), { weight: 0.5, reason: 'sure' })],
    ['next-step', fact('NextStepSet', july(5), { step: { action: 'call', dueAt: null } })],
  ] as const;
  const earlier = {
    owner: command('ReassignOwner', { to: 'cai', reason: 'region' }, late),
    value: command('WinDeal', {}, late),
    weight: command('ClearWeightOverride', {}, late),
    'next-step': command('CompleteNextStep', {}, late),
  };
  it.each(changes)('refuses a change of the %s dated before the latest one', (facet, change) =>
    given(prospect(), change)
      .when(earlier[facet])
      .thenRejected('occurred-before-latest-change', { facet, latest: iso(july(5)) }),
  );
  it('refuses a criterion dated before its own latest change, not before that of another one', () => {
    const met = fact('CriterionMet', july(5), { criterion: 'budget' });
    given(prospect(), met)
      .when(command('WithdrawCriterion', { criterion: 'budget' }, late))
      .thenRejected('occurred-before-latest-change', { facet: 'criterion', latest: iso(july(5)) });
    given(prospect(), met)
      .when(command('MeetCriterion', { criterion: 'schedule' }, late))
      .then(event('CriterionMet', { criterion: 'schedule' }));
  });
  it('takes contacts and criteria late', () => {
    given(prospect(), moved)
      .when(command('LogContact', { kind: 'visit' }, late))
      .then(event('ContactLogged', { kind: 'visit' }));
    given(prospect(), moved)
      .when(command('MeetCriterion', { criterion: 'budget' }, late))
      .then(event('CriterionMet', { criterion: 'budget' }));
  });
});

describe('advancing a deal', () => {
  const budget = fact('CriterionMet', july(2), { criterion: 'budget' });
  const schedule = fact('CriterionMet', july(2), { criterion: 'schedule' });

  it('records the stage it left and the stage it entered', () =>
    given(prospect())
      .when(command('AdvanceStage', { to: 'need', reason: 'they called' }))
      .then(event('StageAdvanced', { from: 'lead', to: 'need', reason: 'they called' })));
  it('may skip stages', () =>
    given(prospect())
      .when(advanceTo('closing'))
      .then(event('StageAdvanced', { from: 'lead', to: 'closing' })));
  it('says nothing new when the deal stands there already', () => given(prospect()).when(advanceTo('lead')).then());
  it('refuses a stage that the funnel does not have', () =>
    given(prospect()).when(advanceTo('moon')).thenRejected('stage-unknown', { stage: 'moon' }));
  it('refuses to go backwards', () =>
    given(prospect('need')).when(advanceTo('lead')).thenRejected('stage-not-ahead', { from: 'need', to: 'lead' }));
  it('leaves a stage that the funnel no longer knows', () =>
    given(prospect('gone'))
      .when(advanceTo('lead'))
      .then(event('StageAdvanced', { from: 'gone', to: 'lead' })));
  it('names the exit criteria that are not met', () =>
    given(prospect('need'), budget)
      .when(advanceTo('quoted'))
      .thenRejected('criteria-unmet', { unmet: ['schedule'] }));
  it('goes on once they are met, even if that was stages ago', () =>
    given(prospect(), budget, schedule, fact('StageAdvanced', july(3), { from: 'lead', to: 'need' }))
      .when(advanceTo('quoted'))
      .then(event('StageAdvanced', { from: 'need', to: 'quoted' })));
  it('counts a withdrawn criterion as unmet', () =>
    given(prospect('need'), budget, schedule, fact('CriterionWithdrawn', july(3), { criterion: 'budget' }))
      .when(advanceTo('quoted'))
      .thenRejected('criteria-unmet', { unmet: ['budget'] }));

  const overrideBy = (actor: typeof anna) =>
    command('AdvanceStage', { to: 'quoted', override: { reason: 'framework contract' } }, { actor });
  it.each(['manager', 'admin', 'system'] as const)('lets a %s pass over unmet criteria, with the reason', (role) =>
    given(prospect('need'))
      .when(overrideBy({ user: 'x', role }))
      .then(event('StageAdvanced', { from: 'need', to: 'quoted', override: { reason: 'framework contract' } })),
  );
  it.each(['rep', 'auditor'] as const)('does not let a %s do so', (role) =>
    given(prospect('need'))
      .when(overrideBy({ user: 'x', role }))
      .thenRejected('override-not-permitted'),
  );
  it('records no override where none was needed', () =>
    given(prospect('need'), budget, schedule)
      .when(overrideBy(anna))
      .then(event('StageAdvanced', { from: 'need', to: 'quoted' })));
  it.each([
    ['won', won(5)],
    ['lost', lost],
  ] as const)('refuses when the deal is %s', (status, closed) =>
    given(prospect(), closed).when(advanceTo('need')).thenRejected('deal-not-open', { status }),
  );
});

describe('moving a deal back', () => {
  const back = (to: string) => command('RegressStage', { to, reason: 'new buyer' });

  it('records the stage it left and the stage it fell back to', () =>
    given(prospect('need'))
      .when(back('lead'))
      .then(event('StageRegressed', { from: 'need', to: 'lead', reason: 'new buyer' })));
  it('says nothing new when the deal stands there already', () => given(prospect()).when(back('lead')).then());
  it('refuses to go forwards', () =>
    given(prospect()).when(back('need')).thenRejected('stage-not-behind', { from: 'lead', to: 'need' }));
  it('refuses a stage that the funnel does not have', () =>
    given(prospect()).when(back('moon')).thenRejected('stage-unknown', { stage: 'moon' }));
  it('refuses when the deal is closed', () =>
    given(prospect('need'), won(5)).when(back('lead')).thenRejected('deal-not-open'));
});

describe('the exit criteria of a deal', () => {
  const meet = (criterion: string) => command('MeetCriterion', { criterion });
  const withdraw = (criterion: string) => command('WithdrawCriterion', { criterion });
  const budget = fact('CriterionMet', july(2), { criterion: 'budget' });

  it('may be met before the deal reaches their stage', () =>
    given(prospect())
      .when(meet('budget'))
      .then(event('CriterionMet', { criterion: 'budget' })));
  it('are met once', () => given(prospect(), budget).when(meet('budget')).then());
  it('may be withdrawn', () =>
    given(prospect(), budget)
      .when(withdraw('budget'))
      .then(event('CriterionWithdrawn', { criterion: 'budget' })));
  it('need not be withdrawn when they are not met', () => given(prospect(), budget).when(withdraw('schedule')).then());
  it('are those of the funnel', () => {
    given(prospect()).when(meet('moon')).thenRejected('criterion-unknown', { criterion: 'moon' });
    given(prospect()).when(withdraw('moon')).thenRejected('criterion-unknown', { criterion: 'moon' });
  });
  it('rest once the deal is closed', () => {
    given(prospect(), won(5)).when(meet('budget')).thenRejected('deal-not-open');
    given(prospect(), budget, won(5)).when(withdraw('budget')).thenRejected('deal-not-open');
  });
});
