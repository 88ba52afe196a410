import type { Question } from './conversation.ts';
import { KeptAnswers } from './kept-answers.ts';

const ask = (asOf: number, more: Partial<Question> = {}): Question => ({
  ...{ kind: 'funnel', request: { funnelId: 'six-step' }, isNow: false, moment: { asOf, knownAt: Infinity } },
  ...(more as object),
});
const now = (asOf: number) => ask(asOf, { isNow: true });

/** Answers with how many answers were made so far. */
const answering = () => {
  let made = 0;
  const time = { ms: 5_000 };
  const answers = new KeptAnswers(() => time.ms);
  const of = (question: Question, state = 'a') => answers.of(question, state, () => [(made += 1)] as never);
  return { of, time };
};

describe('answers that are kept', () => {
  it('are given to who asks the same of the same moment', () => {
    const { of } = answering();
    expect([of(ask(1)), of(ask(2)), of(ask(1))]).toEqual([[1], [2], [1]]);
  });

  it('differ by what was known then, and by what is asked', () => {
    const { of } = answering();
    const other = { request: { funnelId: 'other' } } as Partial<Question>;
    expect([of(ask(1)), of(ask(1, { moment: { asOf: 1, knownAt: 9 } })), of(ask(1, other))]).toEqual([[1], [2], [3]]);
  });

  it('are made anew when a row has changed', () => {
    const { of } = answering();
    expect([of(ask(1)), of(ask(1), 'b'), of(ask(1), 'a')]).toEqual([[1], [2], [3]]);
  });

  it('as of now are as of now for a second', () => {
    const { of, time } = answering();
    of(now(7));
    time.ms += 1_000;
    expect(of(now(1_007))).toEqual([1]);
    time.ms += 1;
    expect(of(now(1_008))).toEqual([2]);
  });

  it('as of now are none of the same moment in the past', () => {
    const { of } = answering();
    expect([of(now(1)), of(ask(1))]).toEqual([[1], [2]]);
  });
});
