import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Stat, Stats } from '../../parts/stat.tsx';
import type { FunnelReport } from './use-funnel-report.ts';
import { funnelWords } from './words.ts';

/** The figures that a manager asks for first. */
export function Headline({ report: { totals, winRate, velocity, cycle } }: { report: FunnelReport }) {
  const t = useWords(funnelWords);
  const { shortMoney, number, percent, duration } = useFormats();
  const share =
    Number(totals.openAmount.value) > 0 ? Number(totals.weightedAmount.value) / Number(totals.openAmount.value) : 0;
  const orNone = <Value,>(value: Value | null, show: (value: Value) => string) =>
    value === null ? t('none') : show(value);
  const deals = (count: number) => ({ count, shown: number(count) });
  return (
    <Stats>
      <Stat name={t('openAmount')} value={shortMoney(totals.openAmount)} more={t('inDeals', deals(totals.openCount))} />
      <Stat
        name={t('weightedAmount')}
        value={shortMoney(totals.weightedAmount)}
        more={t('ofOpen', { share: percent(share) })}
      />
      <Stat name={t('won')} value={shortMoney(totals.wonAmount)} more={t('wonMore', deals(totals.wonCount))} />
      <Stat
        name={t('winRate')}
        value={orNone(winRate.byCount, percent)}
        more={t('winRateMore', { byAmount: orNone(winRate.byAmount, percent) })}
      />
      <Stat
        name={t('velocity')}
        value={orNone(velocity.amountPerDay, (amount) => t('perDay', { amount: shortMoney(amount) }))}
        more={t('velocityMore', deals(velocity.qualifiedCount))}
      />
      <Stat
        name={t('cycle')}
        value={orNone(cycle.medianSeconds, duration)}
        more={t('cycleMore', { p90: orNone(cycle.p90Seconds, duration) })}
      />
    </Stats>
  );
}
