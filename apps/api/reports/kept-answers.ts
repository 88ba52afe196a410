import type { Findings, Question } from './conversation.ts';

type Found = Findings[Question['kind']];

const mostKept = 100;
/** So long an answer as of now is one: nothing has changed meanwhile but the time. */
const freshMs = 1_000;

/** Answers that are as good for the next who asks the same, until a row changes. */
export class KeptAnswers {
  private readonly answers = new Map<string, { readonly found: Found; readonly madeAt: number }>();
  private state = '';

  /** `clock` in milliseconds, of whatever beginning. */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** The answer to a question while the rows are in a state: a kept one, or one that is made now. */
  of(question: Question, state: string, make: () => Found): Found {
    if (state !== this.state) this.answers.clear();
    this.state = state;
    const { isNow, moment, ...asked } = question;
    const key = JSON.stringify(isNow ? asked : [asked, moment]);
    const kept = this.answers.get(key);
    if (kept && !(isNow && this.clock() > kept.madeAt + freshMs)) return kept.found;
    const found = make();
    const [oldest] = this.answers.keys();
    if (this.answers.size >= mostKept && oldest !== undefined) this.answers.delete(oldest);
    this.answers.set(key, { found, madeAt: this.clock() });
    return found;
  }
}
