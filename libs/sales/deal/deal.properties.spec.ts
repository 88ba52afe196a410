import type { Dated } from '@funnel/kernel';
import { stateAfter } from '@funnel/testing';
import fc from 'fast-check';
import type { DealCommand } from './deal.commands.ts';
import { dealEvents, type DealEvent } from './deal.events.ts';
import { anna, boss, cny, command, fact, iso, july, prospect, prospectFacts, won } from './deal.fixtures.ts';
import { deal } from './deal.ts';
import type { Deal } from './deal.state.ts';

const stage = fc.constantFrom('lead', 'need', 'quoted', 'closing', 'moon');
const criterion = fc.constantFrom('budget', 'schedule', 'moon');
const override = fc.constantFrom(undefined, { reason: 'because' });
const amount = fc.integer({ min: -1, max: 3 }).map(cny);
const context = fc.record({
  at: fc.integer({ min: 0, max: 12 }).map((day) => july(day)),
  now: fc.constant(july(11)),
  actor: fc.constantFrom(anna, boss),
});

const said = fc.oneof(
  fc.record({ type: fc.constant('AddProspect'), stage: fc.option(stage, { nil: undefined }) }),
  fc.record({ type: fc.constant('ValueDeal'), amount, expectedClose: fc.constantFrom(null, '2026-09-30', undefined) }),
  fc.record({ type: fc.constantFrom('AdvanceStage', 'RegressStage'), to: stage, override }),
  fc.record({ type: fc.constantFrom('MeetCriterion', 'WithdrawCriterion'), criterion }),
  fc.record({
    type: fc.constant('SetNextStep'),
    step: fc.record({ action: fc.constant('call'), dueAt: fc.constantFrom(null, iso(july(6))) }),
  }),
  fc.record({ type: fc.constant('ReassignOwner'), to: fc.constantFrom(null, 'anna', 'ben'), override }),
  fc.record({ type: fc.constant('LogContact'), kind: fc.constantFrom('call', 'visit') }),
  fc.record({ type: fc.constant('OverrideWeight'), weight: fc.constantFrom(0, 0.5, 1) }),
  fc.record({ type: fc.constant('WinDeal'), amount: fc.option(amount, { nil: undefined }) }),
  fc.record({ type: fc.constantFrom('CompleteNextStep', 'ClearWeightOverride', 'LoseDeal', 'ReopenDeal') }),
);
const commands: fc.Arbitrary<DealCommand> = fc.tuple(said, context).map(([{ type, ...words }, circumstances]) => {
  const facts = type === 'AddProspect' ? prospectFacts : { reason: 'so' };
  return command(type as DealCommand['type'], { ...facts, ...words } as never, circumstances);
});

interface Life {
  readonly state: Deal;
  readonly events: readonly Dated<DealEvent>[];
}
const tell = ({ state, events }: Life, said: DealCommand): Life => {
  const decision = deal.decide(said, state);
  const recorded = decision.accepted ? decision.events.map((event) => ({ ...event, at: said.at })) : [];
  return { state: recorded.reduce(deal.evolve, state), events: [...events, ...recorded] };
};
const added: Life = { state: stateAfter(deal, [prospect()]), events: [prospect()] };
const lives = fc.array(commands, { maxLength: 30 }).map((history) => history.reduce(tell, added));

const facts: readonly Dated<DealEvent>[] = [
  prospect(),
  prospect('need'),
  fact('DealValued', july(2), { amount: cny(7) }),
  fact('StageAdvanced', july(3), { from: 'lead', to: 'need' }),
  fact('StageRegressed', july(4), { from: 'need', to: 'lead' }),
  fact('CriterionMet', july(4), { criterion: 'budget' }),
  fact('CriterionWithdrawn', july(5), { criterion: 'budget' }),
  fact('NextStepSet', july(5), { step: { action: 'call', dueAt: null } }),
  fact('NextStepCompleted', july(6), {}),
  fact('OwnerReassigned', july(6), { from: 'anna', to: null, reason: 'pool' }),
  fact('ContactLogged', july(7), { kind: 'demo' }),
  fact('WeightOverridden', july(7), { weight: 1, reason: 'sure' }),
  fact('WeightOverrideCleared', july(8), {}),
  won(8),
  fact('DealLost', july(9), { stage: 'need', reason: 'price' }),
  fact('DealReopened', july(10), { stage: 'lead', reason: 'again' }),
];

describe('whatever happens to a deal', () => {
  it('saying the same thing twice records it once', () =>
    fc.assert(
      fc.property(lives, commands, (life, said) => {
        const first = deal.decide(said, life.state);
        const second = deal.decide(said, tell(life, said).state);
        if (second.accepted) expect(second.events).toEqual([]);
        else if (!first.accepted) expect(second).toEqual(first);
      }),
      { numRuns: 1_000 },
    ));
  it('the facts alone lead to the same deal', () =>
    fc.assert(fc.property(lives, ({ state, events }) => expect(stateAfter(deal, events)).toEqual(state))));
  it('told in the order in which they happened, the facts lead to the same deal', () =>
    fc.assert(
      fc.property(lives, ({ state, events }) => {
        const happened = stateAfter(
          deal,
          [...events].sort((one, other) => one.at - other.at),
        );
        const standing = (each: Deal) =>
          each.status !== 'absent' && { ...each, criteria: [...each.criteria].sort(), contact: null };
        expect(standing(happened)).toEqual(standing(state));
      }),
      { numRuns: 1_000 },
    ));
  it('every recorded fact can be stored and read back', () =>
    fc.assert(
      fc.property(lives, ({ events }) => {
        for (const { type, data } of events) {
          const stored: unknown = JSON.parse(JSON.stringify(data));
          expect(dealEvents[type].schema.parse(stored)).toEqual(stored);
        }
      }),
    ));
  it('its stage, its owner and its status are told forwards in time', () =>
    fc.assert(
      fc.property(lives, ({ events }) => {
        const moves = events.filter(({ type }) => /^(Stage|Deal(Won|Lost|Reopened))/.test(type)).map(({ at }) => at);
        expect(moves).toEqual([...moves].sort((a, b) => a - b));
      }),
    ));
  it('imported facts are taken in any order', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts]), (history) => {
        const state = stateAfter(deal, history);
        expect(state.status !== 'absent').toBe(history.some(({ type }) => type === 'ProspectAdded'));
      }),
    ));
});
