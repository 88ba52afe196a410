import { OwnerFilter } from '../../frame/owner-filter.tsx';
import { periods } from '../../frame/period.ts';
import { useWords } from '../../language/words.ts';
import { Choice } from '../../parts/choice.tsx';
import type { FunnelSearch } from './route.ts';
import { funnelWords } from './words.ts';

interface FiltersProps {
  readonly search: FunnelSearch;
  readonly onChange: (change: Partial<FunnelSearch>) => void;
}

/** Whose deals, and of which time. */
export function Filters({ search, onChange }: FiltersProps) {
  const t = useWords(funnelWords);
  return (
    <>
      <OwnerFilter owner={search.owner} team={search.team} onChange={onChange} />
      <Choice
        label={t('period')}
        options={periods.map((id) => ({ id, name: t(`period_${id}`) }))}
        chosen={search.period ?? 'all'}
        onChoose={(period) => onChange({ period: period === 'all' ? undefined : period })}
      />
    </>
  );
}
