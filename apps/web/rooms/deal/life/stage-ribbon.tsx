import { CornerUpLeft } from 'lucide-react';
import type { CSSProperties } from 'react';
import { stageColor } from '../../../design/stage-colors.ts';
import type { Stage } from '../../../deals/use-funnel.ts';
import type { Funnel } from '../../../frame/chosen-funnel.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import { roomWords } from '../words.ts';
import type { Stay } from './visits.ts';

interface StageRibbonProps {
  readonly funnel: Funnel;
  readonly stays: ReadonlyMap<string, Stay>;
}

/** Every stage of the funnel, with what the deal spent there. */
export function StageRibbon({ funnel, stays }: StageRibbonProps) {
  const t = useWords(roomWords);
  return (
    <ol className="ribbon" aria-label={t('stages')} tabIndex={0}>
      {funnel.stages.map((stage, index) => (
        <RibbonStage
          key={stage.key}
          stage={stage}
          stay={stays.get(stage.key)}
          color={stageColor(index, funnel.stages.length)}
        />
      ))}
    </ol>
  );
}

interface RibbonStageProps {
  readonly stage: Stage;
  readonly stay: Stay | undefined;
  readonly color: string;
}

function RibbonStage({ stage, stay, color }: RibbonStageProps) {
  const t = useWords(roomWords);
  const standing = stay && {
    'data-reached': true,
    ...(stay.isPresent && { 'data-present': true, 'aria-current': 'step' as const }),
  };
  return (
    <li className="ribbon-stage" {...standing} style={{ '--stage': color } as CSSProperties}>
      <span className="ribbon-name">{stage.label}</span>
      {stay ? (
        <Spent stay={stay} limitDays={stage.maxDwellDays} />
      ) : (
        <span className="ribbon-none">{t('notEntered')}</span>
      )}
    </li>
  );
}

/** The days of all stays, against the limit of one. */
function Spent({ stay, limitDays }: { stay: Stay; limitDays: number | null }) {
  const t = useWords(roomWords);
  const formats = useFormats();
  const isOver = limitDays !== null && stay.seconds > limitDays * 86_400;
  return (
    <>
      <span className="ribbon-days figures">
        {formats.duration(stay.seconds)}
        {isOver && <span className="tag tag-bad">{t('overLimit', { days: limitDays })}</span>}
      </span>
      {stay.visits > 1 && (
        <span className="ribbon-visits">
          {stay.cameBack && <CornerUpLeft aria-label={t('came_back')} size={12} />}
          {t('visits', { count: stay.visits })}
        </span>
      )}
    </>
  );
}
