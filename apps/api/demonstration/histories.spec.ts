import { createRowInterpreter, mapping } from '@funnel/importing';
import { demoMapping, header } from './company.ts';
import { demoRows } from './histories.ts';

const until = Date.parse('2026-07-01T00:00:00Z');
const request = { deals: 200, years: 2, seed: 7, until };
const outcomes = () => {
  const interpret = createRowInterpreter(mapping.parse(demoMapping), Date.now());
  return [...demoRows(request)].flatMap((row, index) =>
    interpret(Object.fromEntries(header.map((column, at) => [column, row[at] ?? ''])), index + 2),
  );
};
const events = () => outcomes().flatMap((said) => (said.kind === 'events' ? said.events : []));

describe('the demonstration company', () => {
  it('is the same for the same seed, and another for another', () => {
    const rows = (seed: number) => JSON.stringify([...demoRows({ ...request, seed })]);
    expect(rows(7)).toBe(rows(7));
    expect(rows(8).replaceAll('demo-8', 'demo-7')).not.toBe(rows(7));
  });

  it('is read without a fault by its mapping', () => {
    expect(outcomes().filter(({ kind }) => kind === 'error')).toEqual([]);
  });

  it('has every kind of thing that happens to deals', () => {
    const types = new Set(events().map(({ event }) => event.type));
    for (const type of ['ProspectAdded', 'StageAdvanced', 'StageRegressed', 'OwnerReassigned', 'DealValued'])
      expect(types).toContain(type);
    for (const type of ['NextStepSet', 'NextStepCompleted', 'ContactLogged', 'DealWon', 'DealLost', 'DealReopened'])
      expect(types).toContain(type);
  });

  it('ends at its present, with deals still open', () => {
    const all = events();
    expect(Math.max(...all.map(({ at }) => at))).toBeLessThanOrEqual(until);
    const closed = all.filter(({ event }) => event.type === 'DealWon' || event.type === 'DealLost').length;
    expect(closed).toBeGreaterThan(100);
    expect(closed).toBeLessThan(200);
  });
});
