import { useCommand } from '../../api/use-command.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm } from '../../parts/form/command-form.tsx';
import { Happened, Line, Words } from '../../parts/form/fields.tsx';
import type { DealFormProps } from '../deal-at-hand.ts';
import { dealWords } from '../deal-words.ts';
import { amountIn } from './amounts.ts';
import { useHappened } from './happened.ts';

export function WinForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const happened = useHappened();
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/win']);
  const { value, currency } = deal.amount;
  return (
    <CommandForm
      submit={t('win')}
      onCancel={onEnd}
      onSubmit={async (filled) => {
        const body = { amount: amountIn(filled['amount'] ?? '', currency), ...happened(filled) };
        await mutateAsync({ params: { id: deal.id }, body, ifMatch: deal.revision });
        onEnd();
      }}
    >
      <Line name="amount" label={t('sold')} value={value} unit={currency} inputMode="decimal" isRequired autoFocus />
      <Happened />
    </CommandForm>
  );
}

export function LoseForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const happened = useHappened();
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/lose']);
  return (
    <CommandForm
      submit={t('lose')}
      isDangerous
      onCancel={onEnd}
      onSubmit={async (filled) => {
        const body = { reason: filled['reason'] ?? '', competitor: filled['competitor'], ...happened(filled) };
        await mutateAsync({ params: { id: deal.id }, body, ifMatch: deal.revision });
        onEnd();
      }}
    >
      <Words name="reason" label={t('lostReason')} isRequired autoFocus />
      <Line name="competitor" label={t('competitor')} />
      <Happened />
    </CommandForm>
  );
}

export function ReopenForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const happened = useHappened();
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/reopen']);
  return (
    <CommandForm
      submit={t('reopen')}
      onCancel={onEnd}
      onSubmit={async (filled) => {
        const body = { reason: filled['reason'] ?? '', ...happened(filled) };
        await mutateAsync({ params: { id: deal.id }, body, ifMatch: deal.revision });
        onEnd();
      }}
    >
      <Words name="reason" label={t('reason')} isRequired autoFocus />
      <Happened />
    </CommandForm>
  );
}
