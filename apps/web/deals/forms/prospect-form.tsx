import { useCommand } from '../../api/use-command.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { useMe } from '../../frame/company.ts';
import { useReps } from '../../frame/people.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm } from '../../parts/form/command-form.tsx';
import { Happened, Line, OneOf } from '../../parts/form/fields.tsx';
import { dealWords } from '../deal-words.ts';
import { amountIn } from './amounts.ts';
import { useHappened } from './happened.ts';

const classes = ['target', 'potential', 'likely', 'customer', 'vip'] as const;

/** A new deal of a funnel. */
export function ProspectForm({ funnel, onEnd }: { funnel: Funnel; onEnd: () => void }) {
  const t = useWords(dealWords);
  const happened = useHappened();
  const { mutateAsync } = useCommand(['POST', '/api/deals']);
  return (
    <CommandForm
      submit={t('addProspect')}
      onCancel={onEnd}
      onSubmit={async (filled) => {
        const { title = '', customer: name = '', region, industry, amount = '', expectedClose, source, stage } = filled;
        const customer = { name, region, industry, class: classes.find((each) => each === filled['class']) };
        const said = { expectedClose, source, stage, ownerId: filled['ownerId'] === 'none' ? null : filled['ownerId'] };
        const body = { title, customer, amount: amountIn(amount, funnel.currency), funnelId: funnel.id, ...said };
        await mutateAsync({ body: { ...body, ...happened(filled) } });
        onEnd();
      }}
    >
      <Line name="title" label={t('title')} isRequired autoFocus />
      <div className="form-pair">
        <Line name="customer" label={t('customer')} isRequired />
        <Line name="amount" label={t('amount')} unit={funnel.currency} inputMode="decimal" isRequired />
      </div>
      <Where funnel={funnel} />
      <div className="form-pair">
        <Line name="region" label={t('region')} />
        <Line name="industry" label={t('industry')} />
        <Line name="expectedClose" label={t('expectedClose')} type="date" />
        <Line name="source" label={t('source')} />
      </div>
      <Happened />
    </CommandForm>
  );
}

function Where({ funnel }: { funnel: Funnel }) {
  const t = useWords(dealWords);
  const me = useMe();
  const reps = useReps();
  const own = reps.some(({ id }) => id === me?.user) ? (me?.user ?? 'none') : 'none';
  return (
    <div className="form-pair">
      <OneOf
        name="stage"
        label={t('stage')}
        value={funnel.stages[0]?.key ?? ''}
        options={funnel.stages.map(({ key, label }) => ({ id: key, name: label }))}
      />
      <OneOf
        name="ownerId"
        label={t('owner')}
        value={own}
        options={[...reps.map(({ id, name }) => ({ id, name })), { id: 'none', name: t('nobody') }]}
      />
      <OneOf
        name="class"
        label={t('class')}
        value="none"
        options={[{ id: 'none', name: t('class_none') }, ...classes.map((id) => ({ id, name: t(`class_${id}`) }))]}
      />
    </div>
  );
}
