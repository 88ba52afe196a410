import { useLayoutEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { OverlayArrow, Popover } from 'react-aria-components/Popover';
import { useWords } from '../../language/words.ts';
import { homeWords } from './words.ts';

/** What is shown, in the order of the tour. */
const steps = [
  { id: 'attention', at: '[data-tour=attention] h2', placement: 'bottom start' },
  { id: 'rail', at: '.time-rail-track', placement: 'bottom' },
  { id: 'rooms', at: '.navigation-rooms', placement: 'end top' },
  { id: 'search', at: '.search-button', placement: 'bottom start' },
  { id: 'account', at: '.avatar', placement: 'bottom end' },
] as const;

/** A short walk around the frame, for those who see it for the first time. */
export function Tour({ onEnd }: { onEnd: () => void }) {
  const [at, setAt] = useState(0);
  const step = steps[at];
  const [target, setTarget] = useState<Element | null>(null);
  // What is pointed at may have come with this very rendering.
  useLayoutEffect(() => setTarget(step ? document.querySelector(step.at) : null), [step]);
  if (!step || !target) return null;
  const next = () => (at + 1 < steps.length ? setAt(at + 1) : onEnd());
  return (
    <Popover
      key={step.id}
      className="popover tour"
      triggerRef={{ current: target }}
      placement={step.placement}
      offset={12}
      isOpen
      onOpenChange={onEnd}
    >
      <OverlayArrow className="tour-arrow" />
      <Step id={step.id} at={at} onNext={next} onEnd={onEnd} />
    </Popover>
  );
}

interface StepProps {
  readonly id: (typeof steps)[number]['id'];
  readonly at: number;
  readonly onNext: () => void;
  readonly onEnd: () => void;
}

function Step({ id, at, onNext, onEnd }: StepProps) {
  const t = useWords(homeWords);
  const isLast = at + 1 === steps.length;
  return (
    <Dialog className="tour-step">
      <Heading slot="title" level={2}>
        {t(`tour_${id}`)}
      </Heading>
      <p>{t(`tourText_${id}`)}</p>
      <div className="tour-foot">
        <span className="panel-hint">{t('tourStep', { step: at + 1, count: steps.length })}</span>
        {!isLast && (
          <Button className="button button-quiet button-small" onPress={onEnd}>
            {t('tourSkip')}
          </Button>
        )}
        <Button className="button button-primary button-small" autoFocus onPress={onNext}>
          {t(isLast ? 'tourEnd' : 'tourNext')}
        </Button>
      </div>
    </Dialog>
  );
}
