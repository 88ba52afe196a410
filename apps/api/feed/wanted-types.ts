import { publicEvents } from '@funnel/contracts';
import { malformed } from '../problems/problem-error.ts';

const names = Object.keys(publicEvents).filter((name) => name !== 'Unreadable');

/** The names in a list with commas; all when absent. @throws {ProblemError} `malformed` */
export const wantedTypes = (list: string | undefined): readonly string[] | undefined => {
  const types = list?.split(',');
  const unknown = types?.find((type) => !names.includes(type));
  if (unknown === undefined) return types;
  throw malformed([{ path: 'query.types', expected: `names of events: ${names.join(', ')}`, got: unknown }]);
};
