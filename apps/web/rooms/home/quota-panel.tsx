import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import type { Answer } from '../../api/routes.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Shown } from '../../parts/states.tsx';
import { homeWords } from './words.ts';

export type Quota = Answer<'GET', '/api/quotas/report'>;

/** How much of the period is over, 0..1. */
const elapsed = ({ from, to, asOf }: Quota): number => {
  const [start, end, now] = [from, to, asOf].map((instant) => Date.parse(instant)) as [number, number, number];
  return Math.min(1, Math.max(0, (now - start) / (end - start)));
};

/** Won against the quota, what is weighted on top of it, and how much of the time is over. */
export function QuotaPanel({ reading, quarter }: { reading: UseQueryResult<Quota, Error>; quarter: string }) {
  const t = useWords(homeWords);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('quota', { period: quarter })}</h2>
      </div>
      <Shown reading={reading}>
        {(quota) => <div className="panel-body">{quota.quota === null ? <NoQuota /> : <Bullet quota={quota} />}</div>}
      </Shown>
    </section>
  );
}

function NoQuota() {
  const t = useWords(homeWords);
  return (
    <>
      <p className="panel-hint">{t('noQuota')}</p>
      <Link to="/quota" className="link-button">
        {t('toQuotas')}
      </Link>
    </>
  );
}

function Bullet({ quota }: { quota: Quota }) {
  const t = useWords(homeWords);
  const { shortMoney, percent } = useFormats();
  const whole = Number(quota.quota?.value ?? 0);
  const share = (value: string) => (whole > 0 ? Number(value) / whole : 0);
  const won = share(quota.won.value);
  const style = {
    '--won': Math.min(1, won),
    '--weighted': Math.min(1 - Math.min(1, won), share(quota.expectedInPeriod.value)),
    '--elapsed': elapsed(quota),
  } as CSSProperties;
  return (
    <>
      <p className="quota-line">
        <strong className="figures">{percent(quota.attainment ?? won)}</strong>{' '}
        <span>{t('quotaOf', { won: shortMoney(quota.won), quota: quota.quota ? shortMoney(quota.quota) : '' })}</span>
      </p>
      <div className="quota-bullet" style={style} aria-hidden>
        <span className="quota-won" />
        <span className="quota-weighted" />
        <span className="quota-elapsed" />
      </div>
      <p className="panel-hint">{t('pace')}</p>
      <dl className="quota-more figures">
        <div>
          <dt>{t('gap')}</dt>
          <dd>{quota.gap ? shortMoney(quota.gap) : t('none')}</dd>
        </div>
        <div title={t('coverageHint')}>
          <dt>{t('coverage')}</dt>
          <dd>{quota.coverage === null ? t('none') : percent(quota.coverage)}</dd>
        </div>
      </dl>
    </>
  );
}
