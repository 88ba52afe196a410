import { useWords } from '../language/words.ts';
import { Choice } from '../parts/choice.tsx';
import { useReps, useTeams } from './people.ts';
import { frameWords } from './words.ts';

const all = '';

interface Whose {
  readonly owner: string | undefined;
  readonly team: string | undefined;
}
interface OwnerFilterProps extends Whose {
  readonly onChange: (whose: Whose) => void;
}

/** Whose deals. Choosing a team lets go of a rep of another one. */
export function OwnerFilter({ owner, team, onChange }: OwnerFilterProps) {
  const t = useWords(frameWords);
  const teams = useTeams();
  const reps = useReps().filter(({ teamId }) => !team || teamId === team);
  return (
    <>
      {teams.length > 0 && (
        <Choice
          label={t('team')}
          options={[{ id: all, name: t('all') }, ...teams]}
          chosen={team ?? all}
          onChoose={(chosen) => onChange({ team: chosen || undefined, owner: undefined })}
        />
      )}
      <Choice
        label={t('owner')}
        options={[{ id: all, name: t('all') }, ...reps, { id: 'none', name: t('nobody') }]}
        chosen={owner ?? all}
        onChoose={(chosen) => onChange({ team, owner: chosen || undefined })}
      />
    </>
  );
}
