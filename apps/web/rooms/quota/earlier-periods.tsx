import { Link } from '@tanstack/react-router';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Bullet, scaleOf } from './bullet.tsx';
import { shifted } from './periods.ts';
import { useQuotas } from './quota-reads.ts';
import { usePeriodName } from './use-period.ts';
import { quotaWords } from './words.ts';

const shownBefore = 4;

/** The company in the periods before, on one scale: whether this one is out of the ordinary. */
export function EarlierPeriods({ period }: { period: string }) {
  const t = useWords(quotaWords);
  const nameOf = usePeriodName();
  const { percent, shortMoney } = useFormats();
  const periods = Array.from({ length: shownBefore }, (_, index) => shifted(period, index - shownBefore));
  const answers = useQuotas(periods.map((each) => ({ subject: 'company', period: each })));
  // What stands open is not theirs any more.
  const reports = answers.flatMap(({ data }) =>
    data ? [{ ...data, weightedOpen: { ...data.weightedOpen, value: '0' } }] : [],
  );
  const scale = scaleOf(reports);
  if (reports.length < periods.length) return null;
  return (
    <section className="panel" aria-label={t('before')}>
      <div className="panel-head">
        <h2>{t('before')}</h2>
      </div>
      <ul className="panel-body quota-before">
        {reports.map((report) => (
          <li key={report.period}>
            <Link from="/quota" to="." search={(now) => ({ ...now, period: report.period })}>
              {nameOf(report.period)}
            </Link>
            <span className="figures quota-before-share">
              {report.attainment === null ? shortMoney(report.won) : percent(report.attainment)}
            </span>
            <Bullet figures={report} scale={scale} />
          </li>
        ))}
      </ul>
    </section>
  );
}
