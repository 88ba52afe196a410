import { Button } from 'react-aria-components/Button';
import { useCommand } from '../../api/use-command.ts';
import { leads, useMe } from '../../frame/company.ts';
import { useReps } from '../../frame/people.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm } from '../../parts/form/command-form.tsx';
import { Happened, Line, OneOf, Words } from '../../parts/form/fields.tsx';
import { useState } from 'react';
import type { DealFormProps } from '../deal-at-hand.ts';
import { dealWords } from '../deal-words.ts';
import { amountIn } from './amounts.ts';
import { useHappened } from './happened.ts';

/** Only what was changed is sent: whoever puts off the close says nothing about the amount. */
export function ValueForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const happened = useHappened();
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/value']);
  const { amount, expectedClose = null } = deal;
  return (
    <CommandForm
      submit={t('changeValue')}
      onCancel={onEnd}
      onSubmit={async (filled) => {
        const close = filled['expectedClose'] ?? null;
        const body = {
          ...(filled['amount'] !== amount.value && { amount: amountIn(filled['amount'] ?? '', amount.currency) }),
          ...(close !== expectedClose && { expectedClose: close }),
        };
        await mutateAsync({ params: { id: deal.id }, body: { ...body, ...happened(filled) }, ifMatch: deal.revision });
        onEnd();
      }}
    >
      <Line
        name="amount"
        label={t('amount')}
        value={amount.value}
        unit={amount.currency}
        inputMode="decimal"
        isRequired
        autoFocus
      />
      <Line name="expectedClose" label={t('expectedClose')} type="date" value={expectedClose ?? ''} />
      <Happened />
    </CommandForm>
  );
}

export function WeightForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const set = useCommand(['PUT', '/api/deals/:id/weight']);
  const clear = useCommand(['DELETE', '/api/deals/:id/weight']);
  const told = { params: { id: deal.id }, ifMatch: deal.revision };
  return (
    <CommandForm
      submit={t('overrideWeight')}
      onCancel={onEnd}
      onSubmit={async ({ weight = '', reason = '' }) => {
        // Percent with two decimals are the four decimals that a weight may have.
        await set.mutateAsync({ ...told, body: { weight: Math.round(Number(weight) * 100) / 10_000, reason } });
        onEnd();
      }}
    >
      <Line
        name="weight"
        label={t('weight')}
        hint={t('weightHint')}
        type="number"
        min="0"
        max="100"
        step="any"
        unit="%"
        isRequired
        autoFocus
      />
      <Words name="reason" label={t('reason')} isRequired />
      <Button
        className="button button-quiet button-small form-earlier"
        onPress={() => void clear.mutateAsync({ ...told, body: {} }).then(onEnd)}
      >
        {t('clearWeight')}
      </Button>
    </CommandForm>
  );
}

export function OwnerForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const me = useMe();
  const reps = useReps();
  const happened = useHappened();
  const [isLocked, setLocked] = useState(false);
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/owner']);
  const options = [...reps.map(({ id, name }) => ({ id, name })), { id: 'none', name: t('nobody') }];
  const noteLock = (error: unknown) => {
    setLocked(error instanceof ApiProblem && error.code === 'owner-locked');
    throw error;
  };
  return (
    <CommandForm
      submit={t('reassign')}
      onCancel={onEnd}
      help={() => isLocked && <p>{leads(me) ? t('overrideAllowed') : t('overrideNeeded')}</p>}
      onSubmit={async (filled) => {
        const ownerId = filled['ownerId'] === 'none' ? null : (filled['ownerId'] ?? null);
        const override = filled['override'] === undefined ? {} : { override: { reason: filled['override'] } };
        const body = { ownerId, reason: filled['reason'] ?? '', ...override, ...happened(filled) };
        await mutateAsync({ params: { id: deal.id }, body, ifMatch: deal.revision }).catch(noteLock);
        onEnd();
      }}
    >
      <OneOf name="ownerId" label={t('owner')} value={deal.ownerId ?? 'none'} options={options} />
      <Words name="reason" label={t('reason')} isRequired />
      {isLocked && leads(me) && <Words name="override" label={t('overrideReason')} isRequired autoFocus />}
      <Happened />
    </CommandForm>
  );
}
