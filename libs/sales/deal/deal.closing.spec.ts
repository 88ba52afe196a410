import type { Dated } from '@funnel/kernel';
import { specificationOf, stateAfter } from '@funnel/testing';
import { cny, command, event, fact, iso, july, prospect, won } from './deal.fixtures.ts';
import type { DealEvent } from './deal.events.ts';
import { deal } from './deal.ts';

const given = specificationOf(deal);
const after = (...history: Dated<DealEvent>[]) => stateAfter(deal, history);
const lost = fact('DealLost', july(5), { stage: 'lead', reason: 'price' });
const reopened = fact('DealReopened', july(6), { stage: 'lead', reason: 'they called' });

describe('winning a deal', () => {
  it('records the stage it was won from and the amount of the deal', () =>
    given(prospect('need'))
      .when(command('WinDeal', {}))
      .then(event('DealWon', { stage: 'need', amount: cny(100_000_00) })));
  it('records what was really sold', () => {
    const sold = { amount: cny(90_000_00), conversion: { original: { minor: 1, currency: 'EUR' }, rate: '8' } };
    given(prospect())
      .when(command('WinDeal', sold))
      .then(event('DealWon', { stage: 'lead', ...sold }));
  });
  it('refuses an amount below nothing, or in another currency', () => {
    given(prospect())
      .when(command('WinDeal', { amount: cny(-1) }))
      .thenRejected('amount-negative');
    given(prospect())
      .when(command('WinDeal', { amount: { minor: 1, currency: 'EUR' } }))
      .thenRejected('currency-mismatch', { expected: 'CNY', got: 'EUR' });
  });
  it('happens once', () =>
    given(prospect(), won(5)).when(command('WinDeal', {})).thenRejected('deal-not-open', { status: 'won' }));
  it('gives the deal the amount that was sold', () =>
    expect(after(prospect(), fact('DealWon', july(5), { stage: 'lead', amount: cny(7) }))).toMatchObject({
      status: 'won',
      amount: cny(7),
      closedAt: july(5),
    }));
});

describe('losing a deal', () => {
  it('records the stage, the reason and the competitor', () =>
    given(prospect('need'))
      .when(command('LoseDeal', { reason: 'price', competitor: 'Volta' }))
      .then(event('DealLost', { stage: 'need', reason: 'price', competitor: 'Volta' })));
  it('happens once', () =>
    given(prospect(), lost)
      .when(command('LoseDeal', { reason: 'price' }))
      .thenRejected('deal-not-open', { status: 'lost' }));
});

describe('an end', () => {
  const told = [
    ['value', fact('DealValued', july(5), { amount: cny(7) })],
    ['owner', fact('OwnerReassigned', july(5), { from: 'anna', to: 'ben', reason: 'region' })],
    ['weight', fact('WeightOverridden', july(5), { weight: 0.5, reason: 'sure' })],
    ['criterion', fact('CriterionMet', july(5), { criterion: 'budget' })],
  ] as const;
  const ends = (day: number) => {
    const dated = { at: july(day), now: july(10) };
    return [command('WinDeal', {}, dated), command('LoseDeal', { reason: 'price' }, dated)];
  };

  it.each(told)('is not dated before what only an open deal takes: %s', (facet, fact) =>
    ends(4).forEach((end) =>
      given(prospect(), fact)
        .when(end)
        .thenRejected('occurred-before-latest-change', { facet, latest: iso(july(5)) }),
    ),
  );
  it('may come with it, and before after-sales work', () => {
    const contact = fact('ContactLogged', july(8), { kind: 'call' });
    const step = fact('NextStepSet', july(8), { step: { action: 'call', dueAt: iso(july(9)) } });
    const [, lose] = ends(5);
    given(prospect(), ...told.map(([, fact]) => fact), contact, step)
      .when(lose!)
      .then(event('DealLost', { stage: 'lead', reason: 'price' }));
  });
});

describe('reopening a deal', () => {
  const reopen = command('ReopenDeal', { reason: 'they called' });

  it.each([
    ['won', won(5)],
    ['lost', lost],
  ])('puts one that was %s back in the stage it stood in', (_, closed) =>
    given(prospect(), closed)
      .when(reopen)
      .then(event('DealReopened', { stage: 'lead', reason: 'they called' })),
  );
  it('refuses a deal that is open', () => given(prospect()).when(reopen).thenRejected('deal-not-closed'));
  it('lets the deal be advanced again', () =>
    given(prospect(), lost, reopened)
      .when(command('AdvanceStage', { to: 'need' }))
      .then(event('StageAdvanced', { from: 'lead', to: 'need' })));
});

describe('the visits of a deal to its stages', () => {
  it('begin with the first', () =>
    expect(after(prospect())).toMatchObject({ stage: 'lead', stageEntry: 1, since: july(1) }));
  it('are counted forwards, backwards and after reopening', () =>
    expect(
      after(
        prospect(),
        fact('StageAdvanced', july(2), { from: 'lead', to: 'need' }),
        fact('StageRegressed', july(3), { from: 'need', to: 'lead' }),
        lost,
        reopened,
      ),
    ).toMatchObject({ status: 'open', stage: 'lead', stageEntry: 4, since: july(6) }));
  it('do not begin anew by anything else', () =>
    expect(
      after(
        prospect(),
        fact('DealValued', july(2), { amount: cny(1) }),
        fact('ContactLogged', july(3), { kind: 'call' }),
      ),
    ).toMatchObject({ stageEntry: 1, since: july(1) }));
  it('leave no closing date on a deal that was reopened', () =>
    expect(after(prospect(), lost, reopened)).not.toHaveProperty('closedAt'));
});

describe('what is told late of a deal that was closed for a while', () => {
  const sold = won(3);
  const again = fact('DealReopened', july(8), { stage: 'lead', reason: 'they called' });
  const told = given(prospect(), fact('CriterionMet', july(2), { criterion: 'budget' }), sold, again);
  const dated = (day: number) => ({ at: july(day), now: july(10) });
  const closed = { from: iso(july(3)), until: iso(july(8)) };

  it.each([
    command('ValueDeal', { amount: cny(7) }, dated(5)),
    command('MeetCriterion', { criterion: 'schedule' }, dated(5)),
    command('WithdrawCriterion', { criterion: 'budget' }, dated(5)),
    command('ReassignOwner', { to: 'ben', reason: 'region' }, dated(5)),
    command('OverrideWeight', { weight: 0.5, reason: 'sure' }, dated(5)),
  ])('is refused where a closed deal does not take it: $type', (late) =>
    told.when(late).thenRejected('occurred-while-closed', closed),
  );
  it('is taken of the time before, and from the reopening on', () => {
    const owner = { to: 'ben', reason: 'region' };
    const changed = event('OwnerReassigned', { from: 'anna', ...owner });
    told.when(command('ReassignOwner', owner, dated(2))).then(changed);
    told.when(command('ReassignOwner', owner, dated(8))).then(changed);
    told.when(command('ReassignOwner', owner, dated(3))).thenRejected('occurred-while-closed', closed);
  });
  it('is taken of after-sales work', () =>
    told.when(command('LogContact', { kind: 'visit' }, dated(5))).then(event('ContactLogged', { kind: 'visit' })));
});
