import type { Part } from '../funnel/funnel.events.ts';

/** What a manager asks about a deal that is stuck, by the part of the funnel it is stuck in. */
export const questionsFor: Readonly<Record<Part, readonly string[]>> = {
  top: ['Is the customer still undecided?', 'Has the rep lost contact with the customer?'],
  middle: ['Is the customer torn between offers?', 'Is the deal already lost to a competitor?'],
  bottom: [
    'Does the customer disagree internally?',
    'Is the money not in place yet?',
    'Is an approval missing, and whose?',
  ],
};
