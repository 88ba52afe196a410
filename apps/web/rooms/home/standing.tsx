import { Link } from '@tanstack/react-router';
import type { Answer } from '../../api/routes.ts';
import { stageColor } from '../../design/stage-colors.ts';
import { useFieldName } from '../../language/use-field-name.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { homeWords } from './words.ts';

/** The funnel in small; each stage leads to its deals. */
export function Standing({ report }: { report: Answer<'GET', '/api/funnels/:id/report'> }) {
  const t = useWords(homeWords);
  const name = useFieldName();
  const { shortMoney } = useFormats();
  const most = Math.max(1, ...report.stages.map(({ openAmount }) => Number(openAmount.value)));
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('standing')}</h2>
      </div>
      <ul className="standing">
        {report.stages.map(({ key, label, openAmount }, index) => (
          <li key={key}>
            <Link to="/funnel" search={{ stage: key, show: 'open' }}>
              {name(label)}
            </Link>
            <span className="standing-track" aria-hidden>
              <span
                style={{
                  inlineSize: `${(Number(openAmount.value) / most) * 100}%`,
                  background: stageColor(index, report.stages.length),
                }}
              />
            </span>
            <span className="figures">{shortMoney(openAmount)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
