import { CalendarCheck, CalendarX, Ellipsis, GripVertical } from 'lucide-react';
import { memo, useRef, type MouseEvent } from 'react';
import { useButton } from 'react-aria/useButton';
import { useDrag } from 'react-aria-components/useDrag';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { AgeBar } from './age-bar.tsx';
import { useBoardActions } from './board-actions.ts';
import { boardWords } from './words.ts';

/** How a dragged card is told from anything else that may be dropped. */
export const cardType = 'application/x-funnel-deal';

interface CardProps {
  readonly deal: OpenDeal;
  readonly index: number;
  readonly count: number;
  /** The one card of a column that the Tab key stops at. */
  readonly isStop: boolean;
  readonly top: number;
}

/** One open deal, to be looked at, opened and moved. */
export const Card = memo(function Card({ deal, index, count, isStop, top }: CardProps) {
  const { isReadOnly } = useBoardActions();
  const { dragProps, dragButtonProps, isDragging } = useDrag({
    hasDragButton: true,
    isDisabled: isReadOnly,
    getItems: () => [{ [cardType]: deal.id, 'text/plain': deal.title }],
    getAllowedDropOperations: () => ['move'],
  });
  return (
    <li
      {...dragProps}
      className="card"
      data-index={index}
      data-state={deal.state}
      data-dragging={isDragging || undefined}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div className="card-head">
        <Title deal={deal} isStop={isStop} />
        {!isReadOnly && <Grip deal={deal} isStop={isStop} buttonProps={dragButtonProps} />}
        {!isReadOnly && <MenuButton deal={deal} isStop={isStop} />}
      </div>
      <Facts deal={deal} />
      <AgeBar deal={deal} />
    </li>
  );
});

interface PartProps {
  readonly deal: OpenDeal;
  readonly isStop: boolean;
}

/** A link as plain as can be: there are some hundred, and they come and go while one scrolls. */
const Title = memo(function Title({ deal, isStop }: PartProps) {
  const { hrefOf, go } = useBoardActions();
  const href = hrefOf(deal.id);
  const follow = (event: MouseEvent) => {
    // Whoever wants it in another window gets it there.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} className="card-title" tabIndex={isStop ? 0 : -1} draggable={false} onClick={follow}>
      {deal.title}
    </a>
  );
});

const MenuButton = memo(function MenuButton({ deal, isStop }: PartProps) {
  const t = useWords(boardWords);
  const { openMenu } = useBoardActions();
  return (
    <button
      type="button"
      className="card-button"
      aria-label={t('menuOf', { deal: deal.title })}
      aria-haspopup="menu"
      tabIndex={isStop ? 0 : -1}
      onClick={(event) => openMenu(deal, event.currentTarget)}
    >
      <Ellipsis aria-hidden size={15} />
    </button>
  );
});

interface GripProps extends PartProps {
  readonly buttonProps: ReturnType<typeof useDrag>['dragButtonProps'];
}

/** Begins a move by keyboard: Enter, then Tab from stage to stage, Enter again. */
function Grip({ deal, isStop, buttonProps }: GripProps) {
  const t = useWords(boardWords);
  const ref = useRef<HTMLButtonElement>(null);
  const { buttonProps: props } = useButton({ ...buttonProps, 'aria-label': t('dragOf', { deal: deal.title }) }, ref);
  return (
    <button {...props} ref={ref} className="card-button card-grip" tabIndex={isStop ? 0 : -1}>
      <GripVertical aria-hidden size={14} />
    </button>
  );
}

const Facts = memo(function Facts({ deal }: { deal: OpenDeal }) {
  const t = useWords(boardWords);
  const formats = useFormats();
  const { ownerName } = useBoardActions();
  const age = `${t('inStage', { duration: formats.duration(deal.dwellSeconds) })}, ${t(`state_${deal.state}`)}`;
  return (
    <>
      {/* Imports that know no names call a deal and its customer by the same id. */}
      <p className="card-people">
        <span>{deal.customer === deal.title ? null : deal.customer}</span>
        <span>{ownerName(deal.ownerId) ?? '–'}</span>
      </p>
      <p className="card-facts figures">
        <strong>{formats.shortMoney(deal.amount)}</strong>
        <span className="card-weight">{formats.percent(deal.weight)}</span>
        <StepMark deal={deal} />
        <span className="card-age" title={age} data-state={deal.state}>
          <span aria-hidden>{t('days', { days: formats.number(Math.floor(deal.dwellSeconds / 86_400)) })}</span>
          <span className="sr-only">{age}</span>
        </span>
      </p>
    </>
  );
});

/** Whether it is known what comes next. */
function StepMark({ deal }: { deal: OpenDeal }) {
  const t = useWords(boardWords);
  const formats = useFormats();
  const { now } = useBoardActions();
  const due = deal.nextStepDueAt;
  if (!deal.hasNextStep) return <Mark text={t('noStep')} kind="none" />;
  if (due === null) return <Mark text={t('stepOpen')} kind="open" />;
  const isOverdue = Date.parse(due) < now;
  const text = t(isOverdue ? 'stepOverdue' : 'stepDue', { ago: formats.ago(due, now) });
  return <Mark text={text} kind={isOverdue ? 'overdue' : 'open'} />;
}

function Mark({ text, kind }: { text: string; kind: 'none' | 'open' | 'overdue' }) {
  const Icon = kind === 'open' ? CalendarCheck : CalendarX;
  return (
    <span className="card-step" data-step={kind} title={text}>
      <Icon aria-hidden size={14} />
      <span className="sr-only">{text}</span>
    </span>
  );
}
