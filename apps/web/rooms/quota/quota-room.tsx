import { useNavigate, useSearch } from '@tanstack/react-router';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Segmented } from '../../parts/choice.tsx';
import { Shown } from '../../parts/states.tsx';
import { Bullet, BulletLegend, scaleOf } from './bullet.tsx';
import { CompanyFigures } from './company-figures.tsx';
import { EarlierPeriods } from './earlier-periods.tsx';
import { PeriodChoice } from './period-choice.tsx';
import './quota.css';
import { QuotaLines } from './quota-lines.tsx';
import { useCompanyQuota, type QuotaReport } from './quota-reads.ts';
import { subjectKinds } from './route.ts';
import { usePeriod } from './use-period.ts';
import { quotaWords } from './words.ts';

/** What must be won in a period, and how far everybody is. */
export default function QuotaRoom() {
  const t = useWords(quotaWords);
  const frame = useWords(frameWords);
  const { period } = usePeriod();
  const reading = useCompanyQuota(period);
  return (
    <>
      <header className="room-head">
        <div>
          <h1>{frame('quota')}</h1>
          <p className="panel-hint">{t('lead')}</p>
        </div>
        <div className="room-tools no-print">
          <PeriodChoice />
        </div>
      </header>
      <Shown reading={reading}>{(company) => <Quotas company={company} />}</Shown>
    </>
  );
}

function Quotas({ company }: { company: QuotaReport }) {
  const t = useWords(quotaWords);
  return (
    <div className="quota-panels">
      <section className="panel" aria-label={t('company')}>
        <div className="panel-head">
          <h2>{t('company')}</h2>
          <BulletLegend />
        </div>
        <div className="panel-body">
          <OtherCurrency company={company} />
          <Bullet figures={company} scale={scaleOf([company])} isLarge />
          <CompanyFigures company={company} />
        </div>
      </section>
      <EarlierPeriods period={company.period} />
      <Subjects company={company} />
    </div>
  );
}

/** Said before any figure: it may be why they are all nothing. */
function OtherCurrency({ company: { otherCurrencyCount: count, currency } }: { company: QuotaReport }) {
  const t = useWords(quotaWords);
  const { number } = useFormats();
  if (count === 0) return null;
  return <p className="quota-other">{t('otherCurrency', { count, shown: number(count), currency })}</p>;
}

function Subjects({ company }: { company: QuotaReport }) {
  const t = useWords(quotaWords);
  const { by = 'rep' } = useSearch({ from: '/quota' });
  const navigate = useNavigate({ from: '/quota' });
  const options = subjectKinds.map((id) => ({ id, name: t(id === 'rep' ? 'byRep' : 'byTeam') }));
  return (
    <section className="panel quota-subjects" aria-label={t('subjects')}>
      <div className="panel-head">
        <Segmented
          label={t('subjects')}
          options={options}
          chosen={by}
          onChoose={(chosen) => void navigate({ search: (now) => ({ ...now, by: chosen }), replace: true })}
        />
        <BulletLegend />
      </div>
      <div className="panel-body">
        <QuotaLines company={company} by={by} />
      </div>
    </section>
  );
}
