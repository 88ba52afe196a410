import { useCommand } from '../../api/use-command.ts';
import { useCompany } from '../../frame/company.ts';
import { useWords } from '../../language/words.ts';
import { CommandForm } from '../../parts/form/command-form.tsx';
import { Happened, Line, OneOf, Words } from '../../parts/form/fields.tsx';
import { instantOf, localTime } from '../../parts/form/local-time.ts';
import { contactKinds, contactWords } from '../contact-words.ts';
import type { DealFormProps } from '../deal-at-hand.ts';
import { dealWords } from '../deal-words.ts';
import { useHappened } from './happened.ts';

const namesIn = (people: string | undefined): string[] | undefined => {
  const names = people
    ?.split(/[,，、;；]/)
    .map((name) => name.trim())
    .filter(Boolean);
  return names?.length ? names : undefined;
};

/** A week ahead, at ten: a day that is most often meant. */
const usualDue = (timeZone: string): string => `${localTime(Date.now() + 7 * 86_400_000, timeZone).slice(0, 10)}T10:00`;

export function NextStepForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const { timeZone } = useCompany();
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/next-step']);
  return (
    <CommandForm
      submit={t('setNextStep')}
      onCancel={onEnd}
      onSubmit={async ({ action = '', dueAt = '', place, people, purpose, content }) => {
        const said = { place, people: namesIn(people), purpose, content };
        await mutateAsync({ params: { id: deal.id }, body: { action, dueAt: instantOf(dueAt, timeZone), ...said } });
        onEnd();
      }}
    >
      <Line name="action" label={t('action')} isRequired autoFocus />
      <div className="form-pair">
        <Line name="dueAt" label={t('due')} type="datetime-local" value={usualDue(timeZone)} isRequired />
        <Line name="place" label={t('place')} />
      </div>
      <Line name="people" label={t('people')} hint={t('peopleHint')} />
      <Line name="purpose" label={t('purpose')} />
      <Words name="content" label={t('content')} />
    </CommandForm>
  );
}

export function CompleteStepForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const happened = useHappened();
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/next-step/complete']);
  return (
    <CommandForm
      submit={t('completeNextStep')}
      onCancel={onEnd}
      onSubmit={async (filled) => {
        await mutateAsync({ params: { id: deal.id }, body: { outcome: filled['outcome'], ...happened(filled) } });
        onEnd();
      }}
    >
      <Words name="outcome" label={t('outcome')} autoFocus />
      <Happened />
    </CommandForm>
  );
}

export function ContactForm({ deal, onEnd }: DealFormProps) {
  const t = useWords(dealWords);
  const say = useWords(contactWords);
  const happened = useHappened();
  const { mutateAsync } = useCommand(['POST', '/api/deals/:id/contacts']);
  return (
    <CommandForm
      submit={t('logContact')}
      onCancel={onEnd}
      onSubmit={async (filled) => {
        const kind = contactKinds.find((each) => each === filled['kind']) ?? 'other';
        const said = { note: filled['note'], people: namesIn(filled['people']) };
        await mutateAsync({ params: { id: deal.id }, body: { kind, ...said, ...happened(filled) } });
        onEnd();
      }}
    >
      <OneOf name="kind" label={t('kind')} value="call" options={contactKinds.map((id) => ({ id, name: say(id) }))} />
      <Words name="note" label={t('note')} autoFocus />
      <Line name="people" label={t('people')} hint={t('peopleHint')} />
      <Happened />
    </CommandForm>
  );
}
