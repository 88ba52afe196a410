import { useRead } from '../api/use-read.ts';
import { useWords } from '../language/words.ts';
import { Choice, type Option } from '../parts/choice.tsx';
import { useShownDay } from './as-of.ts';
import { useChosenFunnel } from './chosen-funnel.ts';
import { useReps, useTeams } from './people.ts';
import { frameWords } from './words.ts';

const all = '';
const none = 'none';

interface Whose {
  readonly owner: string | undefined;
  readonly team: string | undefined;
}
interface OwnerFilterProps extends Whose {
  readonly onChange: (whose: Whose) => void;
}

const inOrder = new Intl.Collator(undefined, { numeric: true });

/** The reps of the team, or of all; of all also those who own open deals and are no reps, as imports bring them. */
const useOwners = ({ owner, team }: Whose): readonly Option<string>[] => {
  const { asOf } = useShownDay();
  const { funnel } = useChosenFunnel();
  const reps = useReps();
  const query = { funnel: funnel?.id, ...asOf };
  const { data } = useRead('/api/owners', { query }, { enabled: funnel !== undefined && !team });
  if (team) return reps.filter(({ teamId }) => teamId === team);
  const known = new Set([none, ...reps.map(({ id }) => id)]);
  // Whoever the address names can be seen and left, whatever he owns.
  const others = new Set([...(data?.items.map(({ id }) => id) ?? []), ...(owner ? [owner] : [])]);
  const strangers = [...others].filter((id) => !known.has(id)).sort(inOrder.compare);
  return [...reps, ...strangers.map((id) => ({ id, name: id }))];
};

/** Whose deals. Choosing a team lets go of a rep of another one. */
export function OwnerFilter({ owner, team, onChange }: OwnerFilterProps) {
  const t = useWords(frameWords);
  const teams = useTeams();
  const owners = useOwners({ owner, team });
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
        options={[{ id: all, name: t('all') }, ...owners, { id: none, name: t('nobody') }]}
        chosen={owner ?? all}
        onChoose={(chosen) => onChange({ team, owner: chosen || undefined })}
      />
    </>
  );
}
