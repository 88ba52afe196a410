import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useCommand } from '../../api/use-command.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { leads, useCompany, useMe } from '../../frame/company.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm, type Filled } from '../../parts/form/command-form.tsx';
import { Line, OneOf, Words } from '../../parts/form/fields.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { quotaWords } from './words.ts';

interface SetQuotaProps {
  /** `company`, `rep-…` or `team-…`. */
  readonly subject: string;
  readonly name: string;
  readonly year: string;
}

/** For those who lead, and only today: the past has the quotas that it had. */
export function SetQuota({ subject, name, year }: SetQuotaProps) {
  const t = useWords(quotaWords);
  const isLeading = leads(useMe());
  const { isPast } = useShownDay();
  const [isOpen, setOpen] = useState(false);
  if (!isLeading || isPast) return null;
  return (
    <>
      <Button
        className="button button-quiet button-small no-print"
        aria-label={t('setQuotaOf', { name, year })}
        onPress={() => setOpen(true)}
      >
        <Pencil aria-hidden size={14} /> {t('set')}
      </Button>
      <Sheet place="middle" title={t('setQuotaOf', { name, year })} isOpen={isOpen} onClose={() => setOpen(false)}>
        <QuotaForm subject={subject} year={year} onEnd={() => setOpen(false)} />
      </Sheet>
    </>
  );
}

const quarters = [1, 2, 3, 4] as const;
const sharesIn = (filled: Filled): number[] => quarters.map((part) => Number(filled[`share${part}`] ?? 0));

function QuotaForm({ subject, year, onEnd }: Omit<SetQuotaProps, 'name'> & { onEnd: () => void }) {
  const t = useWords(quotaWords);
  const { baseCurrency: currency } = useCompany();
  const { mutateAsync } = useCommand(['PUT', '/api/quotas/:subject/:year']);
  const [isByQuarter, setByQuarter] = useState(false);
  const tell = async (filled: Filled): Promise<void> => {
    const { amount: value = '', reason } = filled;
    const shares = isByQuarter ? { shares: sharesIn(filled) } : {};
    await mutateAsync({ params: { subject, year }, body: { amount: { value, currency }, reason, ...shares } });
    onEnd();
  };
  return (
    <CommandForm submit={t('save')} onCancel={onEnd} onSubmit={tell}>
      <Line
        name="amount"
        label={t('amountOfYear', { year })}
        hint={t('amountHint')}
        unit={currency}
        inputMode="decimal"
        isRequired
        autoFocus
      />
      <OneOf
        name="split"
        label={t('split')}
        value="equal"
        options={(['equal', 'quarters'] as const).map((id) => ({ id, name: t(`split_${id}`) }))}
        onChoose={(chosen) => setByQuarter(chosen === 'quarters')}
      />
      {isByQuarter && <Shares />}
      <Words name="reason" label={t('reason')} />
    </CommandForm>
  );
}

function Shares() {
  const t = useWords(quotaWords);
  return (
    <div className="form-pair">
      {quarters.map((part) => (
        <Line
          key={part}
          name={`share${part}`}
          label={t('shareOf', { part })}
          type="number"
          min="0"
          step="any"
          value="1"
          isRequired
        />
      ))}
    </div>
  );
}
