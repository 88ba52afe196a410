import { CalendarX } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ActionSheet, type DealAction } from '../../../deals/deal-actions.tsx';
import { dealWords } from '../../../deals/deal-words.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import type { ShownDeal } from '../deal-room.tsx';
import { roomWords } from '../words.ts';

interface NextStepPanelProps {
  readonly deal: ShownDeal;
  readonly isReadOnly: boolean;
  readonly shownAt: number;
}

export function NextStepPanel({ deal, isReadOnly, shownAt }: NextStepPanelProps) {
  const t = useWords(roomWords);
  const say = useWords(dealWords);
  const [action, setAction] = useState<DealAction>();
  const isOpen = deal.nextStepStanding === 'open';
  return (
    <section className="panel side-panel" aria-label={t('nextStep')}>
      <h2>{t('nextStep')}</h2>
      {deal.nextStep ? (
        <Step step={deal.nextStep} shownAt={shownAt} />
      ) : (
        <p className="side-none">
          <CalendarX aria-hidden size={16} /> {t('noNextStep')}
        </p>
      )}
      {!isReadOnly && (
        <div className="side-actions no-print">
          {isOpen && (
            <Button className="button button-small button-primary" onPress={() => setAction('completeNextStep')}>
              {say('completeNextStep')}
            </Button>
          )}
          <Button className="button button-small" onPress={() => setAction('setNextStep')}>
            {say('setNextStep')}
          </Button>
        </div>
      )}
      <ActionSheet deal={deal} action={action} onEnd={() => setAction(undefined)} />
    </section>
  );
}

type PlannedStep = NonNullable<ShownDeal['nextStep']>;

function Step({ step, shownAt }: { step: PlannedStep; shownAt: number }) {
  const { action, completedAt, outcome, place, people, purpose, content } = step;
  const said = [place, people?.join(', '), purpose, content].filter(Boolean);
  return (
    <div className="step" data-done={completedAt !== null || undefined}>
      <p className="step-action">{action}</p>
      <StepTag step={step} shownAt={shownAt} />
      {said.length > 0 && <p className="side-text">{said.join(' · ')}</p>}
      {outcome && <p className="side-text">{outcome}</p>}
    </div>
  );
}

function StepTag({ step: { dueAt, completedAt }, shownAt }: { step: PlannedStep; shownAt: number }) {
  const t = useWords(roomWords);
  const formats = useFormats();
  if (completedAt !== null) {
    return <span className="tag tag-good">{t('stepDone', { day: formats.day(completedAt) })}</span>;
  }
  if (dueAt === null) return <span className="tag">{t('noDue')}</span>;
  const isOverdue = Date.parse(dueAt) < shownAt;
  return (
    <span className={`tag ${isOverdue ? 'tag-bad' : 'tag-open'}`} title={formats.time(dueAt)}>
      {t(isOverdue ? 'stepOverdue' : 'stepDue', { ago: formats.ago(dueAt, shownAt) })}
    </span>
  );
}
