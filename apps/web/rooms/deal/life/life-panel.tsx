import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from 'react-aria-components/Button';
import { asItHappened, type HistoryLine } from '../../../deals/history.ts';
import { useStageNames } from '../../../deals/use-funnel.ts';
import type { Funnel } from '../../../frame/chosen-funnel.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import { useMoment } from '../use-moment.ts';
import { roomWords } from '../words.ts';
import { LifeStrip } from './life-strip.tsx';
import './life.css';
import { StageRibbon } from './stage-ribbon.tsx';
import { staysUntil, visitsOf, type Visit } from './visits.ts';

interface LifePanelProps {
  readonly history: readonly HistoryLine[];
  readonly funnel: Funnel;
  /** The moment that is shown, milliseconds since 1970. */
  readonly shownAt: number;
  readonly now: number;
}

/** When the life of a closed deal ended: with the last thing that is told of it. `undefined` while it is open. */
const endOf = (visits: readonly Visit[], moments: readonly number[]): number | undefined =>
  visits.at(-1)?.until === null ? undefined : moments.at(-1);

/** The stages with the days in each, and the whole life to scrub through. */
export function LifePanel({ history, funnel, shownAt, now }: LifePanelProps) {
  const t = useWords(roomWords);
  const { isPast } = useMoment();
  const formats = useFormats();
  const stageName = useStageNames(funnel);
  const visits = useMemo(() => visitsOf(history), [history]);
  const stays = staysUntil(visits, shownAt);
  const moments = useMemo(() => asItHappened(history).map(({ occurredAt }) => Date.parse(occurredAt)), [history]);
  return (
    <section className="panel life" aria-label={t('life')}>
      <StageRibbon funnel={funnel} stays={stays} />
      <div className="life-scrub">
        <p className="life-moment">
          <strong>{isPast ? t('asOf', { time: formats.time(shownAt) }) : t('now')}</strong>
          <span className="panel-hint no-print">{t('lifeHint')}</span>
        </p>
        <Steps moments={moments} shownAt={shownAt} isPast={isPast} />
        <LifeStrip
          funnel={funnel}
          visits={visits}
          moments={moments}
          shownAt={shownAt}
          now={endOf(visits, moments) ?? now}
          stageName={stageName}
        />
      </div>
    </section>
  );
}

interface StepsProps {
  readonly moments: readonly number[];
  readonly shownAt: number;
  readonly isPast: boolean;
}

/** From event to event, and back to the present. */
function Steps({ moments, shownAt, isPast }: StepsProps) {
  const t = useWords(roomWords);
  const { choose } = useMoment();
  const before = moments.findLast((at) => at < shownAt);
  const after = moments.find((at) => at > shownAt);
  return (
    <div className="life-steps no-print">
      {isPast && (
        <Button className="button button-small" onPress={() => choose(undefined)}>
          {t('toNow')}
        </Button>
      )}
      <Button
        className="button button-small button-icon"
        aria-label={t('before')}
        isDisabled={before === undefined}
        onPress={() => choose(before)}
      >
        <ChevronLeft aria-hidden size={16} />
      </Button>
      <Button
        className="button button-small button-icon"
        aria-label={t('after')}
        isDisabled={!isPast}
        onPress={() => choose(after)}
      >
        <ChevronRight aria-hidden size={16} />
      </Button>
    </div>
  );
}
