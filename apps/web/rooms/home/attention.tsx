import { PartyPopper } from 'lucide-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../api/routes.ts';
import { useOwnerNames } from '../../frame/people.ts';
import { frameWords } from '../../frame/words.ts';
import { useFieldName } from '../../language/use-field-name.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DealLink } from '../../parts/deal-link.tsx';
import { Empty, Shown } from '../../parts/states.tsx';
import { homeWords } from './words.ts';

type Aging = Answer<'GET', '/api/aging'>;
type Line = Aging['items'][number];
type Report = Answer<'GET', '/api/funnels/:id/report'>;

interface AttentionProps {
  readonly reading: UseQueryResult<Aging, Error>;
  /** Knows what the stages are called. */
  readonly report: Report | undefined;
}

/** The deals that wait longer than their stage allows, the furthest first. */
export function Attention({ reading, report }: AttentionProps) {
  const t = useWords(homeWords);
  const isOver = ({ overSeconds }: Line) => overSeconds !== null && overSeconds > 0;
  return (
    <section className="panel" data-tour="attention">
      <div className="panel-head">
        <h2>{t('attention')}</h2>
        <span className="panel-hint">{t('attentionHint')}</span>
      </div>
      <Shown reading={reading}>
        {({ items }) =>
          items.some(isOver) ? (
            <ul className="attention">
              {items.filter(isOver).map((line) => (
                <AttentionLine key={line.id} line={line} report={report} />
              ))}
            </ul>
          ) : (
            <Empty icon={PartyPopper} title={t('calmTitle')} text={t('calmText')} />
          )
        }
      </Shown>
    </section>
  );
}

function AttentionLine({ line, report }: { line: Line; report: Report | undefined }) {
  const t = useWords(homeWords);
  const terms = useWords(frameWords);
  const name = useFieldName();
  const ownerName = useOwnerNames();
  const { shortMoney, duration } = useFormats();
  const stage = report?.stages.find(({ key }) => key === line.stage)?.label ?? line.stage;
  return (
    <li className="attention-line">
      <div className="attention-what">
        <DealLink id={line.id}>{line.title}</DealLink>
        <span>
          {ownerName(line.ownerId) ?? terms('nobody')} ·{' '}
          {t('limit', { days: duration(line.dwellSeconds), stage: name(stage) })}
        </span>
      </div>
      <span className="figures attention-amount">{shortMoney(line.amount)}</span>
      <span className={line.state === 'stale' ? 'tag tag-bad' : 'tag tag-warn'}>
        {t('overBy', { days: duration(line.overSeconds ?? 0) })}
      </span>
    </li>
  );
}
