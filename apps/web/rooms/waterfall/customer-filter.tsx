import { useWords } from '../../language/words.ts';
import { Choice } from '../../parts/choice.tsx';
import type { WaterfallSearch } from './route.ts';
import { useWaterfall } from './use-waterfall.ts';
import { waterfallWords } from './words.ts';

const all = '';
const names = ['region', 'industry'] as const;

interface CustomerFilterProps {
  /** Of the funnel. */
  readonly id: string;
  readonly search: WaterfallSearch;
  readonly onChange: (changed: WaterfallSearch) => void;
}

/** Deals of which customers, where the funnel's deals have any that could be told apart. */
export function CustomerFilter({ id, search, onChange }: CustomerFilterProps) {
  const t = useWords(waterfallWords);
  const { data } = useWaterfall(id, search);
  const met = { region: data?.regions ?? [], industry: data?.industries ?? [] };
  return names
    .filter((name) => met[name].length > 0 || search[name] !== undefined)
    .map((name) => (
      <Choice
        key={name}
        label={t(name)}
        options={[{ id: all, name: t('all') }, ...met[name].map((each) => ({ id: each, name: each }))]}
        chosen={search[name] ?? all}
        onChoose={(chosen) => onChange({ [name]: chosen || undefined })}
      />
    ));
}
