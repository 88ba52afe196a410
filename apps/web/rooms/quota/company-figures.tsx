import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Stat, Stats } from '../../parts/stat.tsx';
import type { QuotaReport } from './quota-reads.ts';
import { SetQuota } from './set-quota.tsx';
import { quotaWords } from './words.ts';

/** The figures of the whole company, each with what it rests on. */
export function CompanyFigures({ company }: { company: QuotaReport }) {
  const t = useWords(quotaWords);
  const { shortMoney, percent, number } = useFormats();
  const terms = useWords(frameWords);
  const deals = (count: number) => terms('deals', { count, shown: number(count) });
  const { quota, won, wonCount, attainment, gap, overAttainment, weightedOpen, openCount, coverage } = company;
  const isOver = overAttainment !== null && Number(overAttainment.value) > 0;
  const year = company.period.slice(0, 4);
  return (
    <div className="quota-stats">
      <Stats>
        <Stat
          name={t('quota')}
          value={quota ? shortMoney(quota) : t('noQuota')}
          more={<SetQuota subject="company" name={t('company')} year={year} />}
        />
        <Stat name={t('won')} value={shortMoney(won)} more={deals(wonCount)} />
        <Stat name={t('attainment')} value={attainment === null ? '–' : percent(attainment)} />
        {isOver ? (
          <Stat name={t('over')} value={shortMoney(overAttainment)} />
        ) : (
          <Stat name={t('gap')} value={gap ? shortMoney(gap) : '–'} />
        )}
        <Stat name={t('weightedOpen')} value={shortMoney(weightedOpen)} more={deals(openCount)} />
        <Stat name={t('coverage')} value={coverage === null ? '–' : percent(coverage)} more={t('coverageHint')} />
        <Stat
          name={t('needed')}
          value={company.neededProspects === null ? '–' : number(company.neededProspects)}
          more={t('neededHint')}
        />
        <Stat name={t('suggested')} value={shortMoney(company.expectedInPeriod)} more={t('suggestedHint')} />
      </Stats>
    </div>
  );
}
