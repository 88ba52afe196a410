import type { Answer } from '../../api/routes.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Stat, Stats } from '../../parts/stat.tsx';
import { homeWords } from './words.ts';

interface HeadlineProps {
  readonly report: Answer<'GET', '/api/funnels/:id/report'>;
  readonly quota: Answer<'GET', '/api/quotas/report'> | undefined;
  readonly quarter: string;
}

export function Headline({ report: { totals, winRate }, quota, quarter }: HeadlineProps) {
  const t = useWords(homeWords);
  const { shortMoney, number, percent } = useFormats();
  const deals = (count: number) => ({ count, shown: number(count) });
  // Quotas are kept in the company's currency; beside amounts in another one theirs would say nothing.
  const isComparable = quota?.expectedInPeriod.currency === totals.weightedAmount.currency;
  const expected = isComparable
    ? t('weightedMore', { period: quarter, amount: shortMoney(quota.expectedInPeriod) })
    : t('ofOpen', { amount: shortMoney(totals.openAmount) });
  return (
    <Stats>
      <Stat name={t('open')} value={shortMoney(totals.openAmount)} more={t('deals', deals(totals.openCount))} />
      <Stat name={t('weighted')} value={shortMoney(totals.weightedAmount)} more={expected} />
      <Stat
        name={t('won', { period: quarter })}
        value={shortMoney(totals.wonAmount)}
        more={t('deals', deals(totals.wonCount))}
      />
      <Stat
        name={t('winRate', { period: quarter })}
        value={winRate.byCount === null ? t('none') : percent(winRate.byCount)}
        more={t('ofClosed', deals(totals.wonCount + totals.lostCount))}
      />
    </Stats>
  );
}
