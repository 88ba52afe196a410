import { ProblemError } from '../problems/problem-error.ts';
import type { Question, Reply } from './conversation.ts';

const inQuotes = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** `unknown`: what a funnel that is not there is called. @throws {ProblemError} where there is nothing found */
export const foundIn = <Kind extends Question['kind']>(
  reply: Reply<Kind>,
  funnelId: string,
  unknown: 'funnel-unknown' | 'not-found' = 'funnel-unknown',
) => {
  switch (reply.kind) {
    case 'found':
      return reply;
    case 'funnel-unknown':
      throw new ProblemError(
        unknown,
        reply.isKnownNow ? `There was no funnel "${funnelId}" on record then.` : `There is no funnel "${funnelId}".`,
      );
    case 'stage-unknown':
      throw new ProblemError(
        'stage-unknown',
        `The funnel "${funnelId}" never had ${inQuotes(reply.stages)} among its stages, which are ${inQuotes(reply.known)}.`,
      );
    case 'behind':
      throw new ProblemError('view-behind', 'The history is still being read; try again shortly.', {
        headers: { 'retry-after': '1' },
      });
  }
};
