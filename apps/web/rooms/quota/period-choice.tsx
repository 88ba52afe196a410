import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useWords } from '../../language/words.ts';
import { Segmented } from '../../parts/choice.tsx';
import { kindOf, kinds, shifted } from './periods.ts';
import { usePeriod, usePeriodName } from './use-period.ts';
import { quotaWords } from './words.ts';

/** Which kind of period, and which one of them. */
export function PeriodChoice() {
  const t = useWords(quotaWords);
  const { period, choose, chooseKind } = usePeriod();
  const nameOf = usePeriodName();
  const options = kinds.map((id) => ({ id, name: t(`kind_${id}`) }));
  return (
    <>
      <Segmented label={t('kind')} options={options} chosen={kindOf(period)} onChoose={chooseKind} />
      <div className="quota-period" role="group" aria-label={t('kind')}>
        <Button className="button button-icon" aria-label={t('earlier')} onPress={() => choose(shifted(period, -1))}>
          <ChevronLeft aria-hidden size={16} />
        </Button>
        <span className="quota-period-name" aria-live="polite">
          {nameOf(period)}
        </span>
        <Button className="button button-icon" aria-label={t('later')} onPress={() => choose(shifted(period, 1))}>
          <ChevronRight aria-hidden size={16} />
        </Button>
      </div>
    </>
  );
}
