import { useShownDay } from '../../frame/as-of.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf } from '../../frame/days.ts';
import { useWords } from '../../language/words.ts';
import { Choice } from '../../parts/choice.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { stretches, type WaterfallSearch } from './route.ts';
import { daysOf } from './stretch.ts';
import { waterfallWords } from './words.ts';

interface StretchChoiceProps {
  readonly search: WaterfallSearch;
  readonly onChange: (changed: WaterfallSearch) => void;
}

/** A stretch by its name, or two days. */
export function StretchChoice({ search, onChange }: StretchChoiceProps) {
  const t = useWords(waterfallWords);
  return (
    <>
      <Choice
        label={t('period')}
        options={stretches.map((id) => ({ id, name: t(`period_${id}`) }))}
        chosen={search.period ?? 'quarter'}
        onChoose={(chosen) => onChange({ period: chosen })}
      />
      {search.period === 'days' && <TwoDays search={search} onChange={onChange} />}
    </>
  );
}

function TwoDays({ search, onChange }: StretchChoiceProps) {
  const t = useWords(waterfallWords);
  const { timeZone, firstAt } = useCompany();
  const { day } = useShownDay();
  const today = day ?? dayOf(Date.now(), timeZone);
  const first = firstAt === null ? undefined : dayOf(Date.parse(firstAt), timeZone);
  const { from, to } = daysOf(search, today);
  const fields = { first, last: today };
  const begin = (chosen: string) => onChange({ from: chosen, ...(chosen > to && { to: undefined }) });
  return (
    <span className="waterfall-days">
      <DayField label={t('fromDay')} day={from} {...fields} onChoose={begin} />
      <DayField label={t('toDay')} day={to} {...fields} onChoose={(chosen) => onChange({ to: chosen })} />
    </span>
  );
}
