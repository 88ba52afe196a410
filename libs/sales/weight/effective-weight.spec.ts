import { stateAfter } from '@funnel/testing';
import { iso, july, ladder } from '../deal/deal.fixtures.ts';
import type { FunnelDefinition } from '../funnel/funnel.events.ts';
import { funnel, type DefinedFunnel } from '../funnel/funnel.ts';
import { effectiveWeight, type Weighed } from './effective-weight.ts';

const strict: FunnelDefinition = { ...ladder, nextStepRule: true, nextStepGraceDays: 3 };
const versions = (first: FunnelDefinition, second = first): DefinedFunnel =>
  stateAfter(funnel, [
    { type: 'FunnelDefined', at: july(5), data: first },
    { type: 'FunnelRevised', at: july(15), data: second },
  ]) as DefinedFunnel;
const open: Weighed = { status: 'open', stage: 'need', weightOverride: null, nextStep: null };
const overridden: Weighed = { ...open, weightOverride: { weight: 0.3333, reason: 'tender' } };
const planned = (dueAt: string | null): Weighed => ({ ...open, nextStep: { action: 'call', dueAt } });

describe('the weight that counts for a deal', () => {
  it('is that of its stage', () => expect(effectiveWeight(open, versions(ladder), july(10))).toBe(4_000));
  it('is that of the funnel version in force then', () => {
    const stages = ladder.stages.map((stage) => ({ ...stage, weight: 0.7 }));
    const revised = versions(ladder, { ...ladder, stages });
    expect([july(1), july(15) - 1, july(15)].map((at) => effectiveWeight(open, revised, at))).toEqual([
      4_000, 4_000, 7_000,
    ]);
  });
  it('is what a manager said instead', () =>
    expect(effectiveWeight(overridden, versions(ladder), july(10))).toBe(3_333));
  it('may be said to be nothing', () => {
    const hopeless = { ...open, weightOverride: { weight: 0, reason: 'no budget' } };
    expect(effectiveWeight(hopeless, versions(ladder), july(10))).toBe(0);
  });
  it('is nothing in a stage that the funnel does not know', () =>
    expect(effectiveWeight({ ...open, stage: 'moon' }, versions(ladder), july(10))).toBe(0));
  it.each([
    ['won', 10_000],
    ['lost', 0],
  ] as const)('of a deal that is %s is %d, whatever its override says', (status, weight) => {
    expect(effectiveWeight({ ...overridden, status }, versions(strict), july(10))).toBe(weight);
  });
});

describe('a funnel that asks for a next step', () => {
  it('counts nothing while there is none, also where the weight is overridden', () => {
    expect(effectiveWeight(open, versions(strict), july(10))).toBe(0);
    expect(effectiveWeight(overridden, versions(strict), july(10))).toBe(0);
  });
  it('counts the stage while there is one', () =>
    expect(effectiveWeight(planned(iso(july(20))), versions(strict), july(10))).toBe(4_000));
  it('counts nothing from the end of the grace after its due time', () => {
    const deal = planned(iso(july(10)));
    expect(effectiveWeight(deal, versions(strict), july(13) - 1)).toBe(4_000);
    expect(effectiveWeight(deal, versions(strict), july(13))).toBe(0);
  });
  it('lets a step without a due time stand', () =>
    expect(effectiveWeight(planned(null), versions(strict), july(30))).toBe(4_000));
  it('asks from the version on that says so', () => {
    const since15 = versions(ladder, strict);
    expect(effectiveWeight(open, since15, july(15) - 1)).toBe(4_000);
    expect(effectiveWeight(open, since15, july(15))).toBe(0);
  });
});
