import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useCommand } from '../../api/use-command.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useChosenFunnel } from '../../frame/chosen-funnel.ts';
import { leads, useMe } from '../../frame/company.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm } from '../../parts/form/command-form.tsx';
import { Words } from '../../parts/form/fields.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import type { Calibration } from './forecast-reads.ts';
import { splitOf } from './scope.ts';
import { usePast, useStages } from './use-question.ts';
import { forecastWords } from './words.ts';

interface AdoptProps {
  readonly calibration: Calibration;
  readonly basis: 'byCount' | 'byAmount';
}

/** Makes learnt weights the funnel's: for those who lead, and only today. */
export function Adopt(props: AdoptProps) {
  const t = useWords(forecastWords);
  const isLeading = leads(useMe());
  const { isPast } = useShownDay();
  const [isOpen, setOpen] = useState(false);
  if (!isLeading || isPast) return null;
  const title = t(`adopt_${props.basis}`);
  return (
    <>
      <Button className="button" onPress={() => setOpen(true)}>
        <BadgeCheck aria-hidden size={15} /> {title}
      </Button>
      <Sheet place="middle" title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <AdoptForm {...props} onEnd={() => setOpen(false)} />
      </Sheet>
    </>
  );
}

function AdoptForm({ calibration, basis, onEnd }: AdoptProps & { onEnd: () => void }) {
  const t = useWords(forecastWords);
  const { funnel } = useChosenFunnel();
  const { scope, asked } = usePast();
  const { mutateAsync } = useCommand(['POST', '/api/calibrations/adopt']);
  const question = { ...asked, split: splitOf(scope), funnelId: funnel?.id ?? '' };
  return (
    <CommandForm
      submit={t('adopt')}
      onCancel={onEnd}
      onSubmit={async ({ reason }) => {
        const weights = { digest: calibration.digest, basis: basis === 'byCount' ? 'count' : 'amount' } as const;
        await mutateAsync({ body: { ...question, ...weights, reason } });
        onEnd();
      }}
    >
      <p className="form-note">{t('adoptTold')}</p>
      <Changes calibration={calibration} basis={basis} />
      <Words name="reason" label={t('reason')} />
    </CommandForm>
  );
}

/** What each stage weighs today, and what it will weigh. */
function Changes({ calibration, basis }: AdoptProps) {
  const { percent } = useFormats();
  const stages = useStages();
  return (
    <dl className="adopt-changes">
      {stages.map(({ key, label, weight }) => {
        const learnt = calibration.stages.find(({ stage }) => stage === key)?.[basis] ?? null;
        return (
          <div key={key}>
            <dt>{label}</dt>
            <dd className="figures">
              {percent(weight)} → <strong>{percent(learnt ?? weight)}</strong>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
