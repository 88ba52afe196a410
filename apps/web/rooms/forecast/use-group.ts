import { useOwnerNames, useTeams } from '../../frame/people.ts';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import type { Comparison } from './forecast-reads.ts';
import { groupsOf } from './lines.ts';
import { useQuestion, useStages } from './use-question.ts';

/** The address has texts only. */
const nobody = '-';

/** The group whose lines are drawn: that of the address, or the largest. */
export const useGroup = (comparison: Comparison) => {
  const { group: written, change } = useQuestion();
  const groups = groupsOf(comparison);
  const asked = written === nobody ? null : written;
  const group = asked !== undefined && groups.includes(asked) ? asked : (groups[0] ?? null);
  return { group, groups, choose: (key: string | null) => change({ group: key ?? nobody }) };
};

/** What a group is called. */
export const useGroupNames = (): ((key: string | null) => string) => {
  const frame = useWords(frameWords);
  const { by } = useQuestion();
  const ownerName = useOwnerNames();
  const teams = useTeams();
  const stages = useStages();
  return (key) => {
    if (key === null) return by === 'owner' ? frame('nobody') : '–';
    switch (by) {
      case 'owner':
        return ownerName(key) ?? key;
      case 'team':
        return teams.find(({ id }) => id === key)?.name ?? key;
      case 'stage':
        return stages.find((stage) => stage.key === key)?.label ?? key;
      case 'total':
        return frame('all');
      case 'region':
      case 'industry':
        return key;
    }
  };
};
