import type { Funnel } from '../../frame/chosen-funnel.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm } from '../../parts/form/command-form.tsx';
import { Words } from '../../parts/form/fields.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import type { DealAtHand } from '../deal-at-hand.ts';
import { dealWords } from '../deal-words.ts';
import { useStageNames } from '../use-funnel.ts';
import { RefusedMove } from './refused-move.tsx';
import type { OpenMove, Saying } from './use-mover.tsx';

export interface MoveSheetProps {
  readonly funnel: Funnel;
  readonly move: OpenMove;
  readonly onMove: (deal: DealAtHand, to: string, saying?: Saying) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks why a deal goes back, or explains why it may not move. */
export function MoveSheet(props: MoveSheetProps) {
  const { funnel, move, onClose } = props;
  const t = useWords(dealWords);
  const stageName = useStageNames(funnel);
  const { deal, to, refusal } = move;
  const title = refusal
    ? t('moveRefused', { deal: deal.title, stage: stageName(deal.stage) })
    : t('moveBack', { stage: stageName(to) });
  return (
    <Sheet place="middle" title={title} isOpen onClose={onClose}>
      {refusal ? <RefusedMove {...props} /> : <BackWhy {...props} />}
    </Sheet>
  );
}

function BackWhy({ funnel, move: { deal, to }, onMove, onClose }: MoveSheetProps) {
  const t = useWords(dealWords);
  const stageName = useStageNames(funnel);
  return (
    <CommandForm
      submit={t('moveBack', { stage: stageName(to) })}
      onCancel={onClose}
      onSubmit={({ reason }) => onMove(deal, to, { reason })}
    >
      <p className="form-note">{deal.title}</p>
      <Words name="reason" label={t('reason')} hint={t('moveBackWhy')} isRequired autoFocus />
    </CommandForm>
  );
}
