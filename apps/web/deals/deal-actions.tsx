import {
  BadgeCheck,
  CalendarPlus,
  CircleCheck,
  CircleX,
  Coins,
  Percent,
  Phone,
  RotateCcw,
  UserRoundPen,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useWords } from '../language/words.ts';
import { Sheet } from '../parts/sheet.tsx';
import type { DealAtHand, DealFormProps } from './deal-at-hand.ts';
import { dealWords } from './deal-words.ts';
import { LoseForm, ReopenForm, WinForm } from './forms/closing-forms.tsx';
import { CompleteStepForm, ContactForm, NextStepForm } from './forms/step-forms.tsx';
import { OwnerForm, ValueForm, WeightForm } from './forms/value-forms.tsx';

interface Action {
  readonly icon: LucideIcon;
  readonly form: ComponentType<DealFormProps>;
}

/** What can be done with a deal by filling in a form. Their names are words of `dealWords`. */
export const dealActions = {
  logContact: { icon: Phone, form: ContactForm },
  setNextStep: { icon: CalendarPlus, form: NextStepForm },
  completeNextStep: { icon: CircleCheck, form: CompleteStepForm },
  changeValue: { icon: Coins, form: ValueForm },
  reassign: { icon: UserRoundPen, form: OwnerForm },
  overrideWeight: { icon: Percent, form: WeightForm },
  win: { icon: BadgeCheck, form: WinForm },
  lose: { icon: CircleX, form: LoseForm },
  reopen: { icon: RotateCcw, form: ReopenForm },
} as const satisfies Record<string, Action>;
export type DealAction = keyof typeof dealActions;

interface ActionSheetProps {
  readonly deal: DealAtHand;
  readonly action: DealAction | undefined;
  readonly onEnd: () => void;
}

/** The form of one action, over the room. */
export function ActionSheet({ deal, action, onEnd }: ActionSheetProps) {
  const t = useWords(dealWords);
  const Form = action && dealActions[action].form;
  return (
    <Sheet
      place="middle"
      title={action ? `${t(action)} · ${deal.title}` : ''}
      isOpen={action !== undefined}
      onClose={onEnd}
    >
      {Form && <Form deal={deal} onEnd={onEnd} />}
    </Sheet>
  );
}
