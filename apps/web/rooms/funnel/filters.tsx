import { useReps, useTeams } from '../../frame/people.ts';
import { frameWords } from '../../frame/words.ts';
import { periods } from '../../frame/period.ts';
import { useWords } from '../../language/words.ts';
import { Choice } from '../../parts/choice.tsx';
import type { FunnelSearch } from './route.ts';
import { funnelWords } from './words.ts';

const all = '';

interface FiltersProps {
  readonly search: FunnelSearch;
  readonly onChange: (change: Partial<FunnelSearch>) => void;
}

/** Whose deals, and of which time. Choosing a team lets go of a rep of another one. */
export function Filters({ search, onChange }: FiltersProps) {
  const t = useWords(funnelWords);
  const terms = useWords(frameWords);
  const teams = useTeams();
  const reps = useReps().filter(({ teamId }) => !search.team || teamId === search.team);
  return (
    <>
      {teams.length > 0 && (
        <Choice
          label={terms('team')}
          options={[{ id: all, name: terms('all') }, ...teams]}
          chosen={search.team ?? all}
          onChoose={(team) => onChange({ team: team || undefined, owner: undefined })}
        />
      )}
      <Choice
        label={terms('owner')}
        options={[{ id: all, name: terms('all') }, ...reps, { id: 'none', name: terms('nobody') }]}
        chosen={search.owner ?? all}
        onChoose={(owner) => onChange({ owner: owner || undefined })}
      />
      <Choice
        label={t('period')}
        options={periods.map((id) => ({ id, name: t(`period_${id}`) }))}
        chosen={search.period ?? 'all'}
        onChoose={(period) => onChange({ period: period === 'all' ? undefined : period })}
      />
    </>
  );
}
