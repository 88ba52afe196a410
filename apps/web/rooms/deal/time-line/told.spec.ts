import { line } from '../testing/history.ts';
import { told } from './told.ts';

const yuan = (value: string) => ({ value, currency: 'CNY' });
const life = [
  line(1, 'ProspectAdded', { stage: 'lead', amount: yuan('100.00'), expectedClose: '2026-05-01' }),
  line(2, 'NextStepSet', { step: { action: 'Visit them', dueAt: null } }),
  line(3, 'DealValued', { amount: yuan('120.00') }),
  line(4, 'NextStepCompleted', {}),
  line(5, 'WeightOverridden', { weight: 0.4, reason: 'they love it' }),
  line(6, 'DealValued', { expectedClose: null }),
  line(7, 'WeightOverrideCleared'),
  line(8, 'DealWon', { stage: 'lead', amount: yuan('110.00') }),
];

describe('a life that is told', () => {
  it('remembers what was worth what before each change', () => {
    const before = told(life).map(({ before: { amount, expectedClose, weight, action } }) => [
      amount?.value,
      expectedClose,
      weight,
      action,
    ]);
    expect(before).toEqual([
      [undefined, undefined, undefined, undefined],
      ['100.00', '2026-05-01', undefined, undefined],
      ['100.00', '2026-05-01', undefined, 'Visit them'],
      ['120.00', '2026-05-01', undefined, 'Visit them'],
      ['120.00', '2026-05-01', undefined, 'Visit them'],
      ['120.00', '2026-05-01', 0.4, 'Visit them'],
      ['120.00', null, 0.4, 'Visit them'],
      ['120.00', null, undefined, 'Visit them'],
    ]);
  });

  it('knows what each event is about', () => {
    expect(told(life).map(({ kind }) => kind)).toEqual([
      ...['stage', 'next-step', 'value', 'next-step', 'weight', 'value', 'weight', 'stage'],
    ]);
    expect(told([line(1, 'SomethingNew')])[0]?.kind).toBeUndefined();
  });

  it('marks what was written down long after it happened', () => {
    const [soon, late] = told([
      { ...line(1, 'ContactLogged'), recordedAt: '2026-01-01T00:00:59.000Z' },
      { ...line(2, 'ContactLogged'), recordedAt: '2026-01-03T00:00:00.000Z' },
    ]);
    expect([soon?.isLate, late?.isLate]).toEqual([false, true]);
  });
});
