import { Link } from '@tanstack/react-router';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import type { Quota } from './quota-panel.tsx';
import { homeWords } from './words.ts';

const shown = 5;

/** The reps that are furthest from their quota. */
export function Members({ quota }: { quota: Quota }) {
  const t = useWords(homeWords);
  const { percent, shortMoney } = useFormats();
  const behind = quota.members
    .filter(({ repId, attainment }) => repId !== null && attainment !== null)
    .toSorted((one, other) => (one.attainment ?? 0) - (other.attainment ?? 0))
    .slice(0, shown);
  if (behind.length === 0) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('team')}</h2>
        <span className="panel-hint">{t('teamHint')}</span>
      </div>
      <ul className="members">
        {behind.map(({ repId, name, attainment, gap }) => (
          <li key={repId}>
            <Link to="/funnel" search={{ owner: repId ?? undefined }}>
              {name}
            </Link>
            <span className="bar" aria-hidden>
              <span className="bar-fill" style={{ inlineSize: `${Math.min(1, attainment ?? 0) * 100}%` }} />
            </span>
            <span className="figures">{percent(attainment ?? 0)}</span>
            <span className="figures members-gap">{gap ? `−${shortMoney(gap)}` : ''}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
