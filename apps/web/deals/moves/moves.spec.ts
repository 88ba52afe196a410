import { ApiProblem } from '../../api/problem.ts';
import { directionOf, stageAfter } from './direction.ts';
import { helpFor } from './help.ts';

const funnel = { stages: ['lead', 'need', 'closing'].map((key) => ({ key })) } as Parameters<typeof directionOf>[0];

describe('a move', () => {
  it('goes towards the win or back, or nowhere', () => {
    expect(directionOf(funnel, { from: 'lead', to: 'closing' })).toBe('advance');
    expect(directionOf(funnel, { from: 'closing', to: 'need' })).toBe('regress');
    expect(directionOf(funnel, { from: 'need', to: 'need' })).toBeUndefined();
  });

  it('goes to the next stage, as long as there is one', () => {
    expect(stageAfter(funnel, 'lead')).toBe('need');
    expect(stageAfter(funnel, 'closing')).toBeUndefined();
  });
});

describe('a refused move', () => {
  const helped = (code: ConstructorParameters<typeof ApiProblem>[0], problem = {}) =>
    helpFor(new ApiProblem(code, 422, problem));

  it('names the criteria that are still unmet', () =>
    expect(helped('criteria-unmet', { unmet: ['budget'] })).toEqual({ kind: 'criteria', unmet: ['budget'] }));

  it.each([
    ['stale-revision', 'reload'],
    ['stage-not-ahead', 'reload'],
    ['deal-not-open', 'reopen'],
    ['unreachable', 'wait'],
    ['forbidden', 'none'],
  ] as const)('because of %s is helped by: %s', (code, kind) => expect(helped(code)).toEqual({ kind }));

  it('by a fault of this page has no help', () => expect(helpFor(new TypeError('x'))).toEqual({ kind: 'none' }));
});
