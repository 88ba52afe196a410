import type { Moment } from '@funnel/kernel';
import { repKnownAt, reps, teamAt } from '@funnel/sales-views';
import type { ReadModels } from './read-models.ts';

/** Ids of those who were in a team at a moment. */
export const membersOf = async (models: ReadModels, team: string, moment: Moment): Promise<string[]> => {
  const everybody = await models.known(reps, repKnownAt, moment);
  return everybody.filter((rep) => teamAt(rep, moment.asOf) === team).map(({ repId }) => repId);
};
