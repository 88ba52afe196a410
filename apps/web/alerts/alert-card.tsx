import { Link } from '@tanstack/react-router';
import { BellRing, CircleCheck, UserRoundCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { ItemOf } from '../api/routes.ts';
import { useCommand } from '../api/use-command.ts';
import { useFunnel, useStageNames } from '../deals/use-funnel.ts';
import { useMe } from '../frame/company.ts';
import { useOwnerNames } from '../frame/people.ts';
import { frameWords } from '../frame/words.ts';
import { useLanguage } from '../language/languages.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { CommandForm } from '../parts/form/command-form.tsx';
import { Words } from '../parts/form/fields.tsx';
import './alert-card.css';
import { alertWords } from './alert-words.ts';
import { questionIn } from './questions.ts';

export type Alert = ItemOf<'/api/alerts'>;

const icons = { open: BellRing, acknowledged: UserRoundCheck, resolved: CircleCheck } as const;

interface AlertCardProps {
  readonly alert: Alert;
  /** On the page of its deal it does not say which deal it is. */
  readonly isOnDeal?: boolean;
}

/** One alert: what is wrong, what to ask, and who takes care of it. */
export function AlertCard({ alert, isOnDeal = false }: AlertCardProps) {
  const t = useWords(alertWords);
  const frame = useWords(frameWords);
  const formats = useFormats();
  const ownerName = useOwnerNames();
  const Icon = icons[alert.status];
  return (
    <article className="alert" data-status={alert.status}>
      <span className="alert-icon">
        <Icon aria-hidden size={16} />
      </span>
      <div className="alert-body">
        {!isOnDeal && (
          <h3>
            <Link to="/deals/$id" params={{ id: alert.dealId }}>
              {alert.title}
            </Link>
          </h3>
        )}
        <Cause alert={alert} />
        <p className="alert-more">
          {[
            t(`status_${alert.status}`),
            !isOnDeal && (ownerName(alert.ownerId) ?? frame('nobody')),
            t('raised', { ago: formats.ago(alert.raisedAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {alert.status !== 'resolved' && <Questions alert={alert} />}
        <Care alert={alert} />
      </div>
    </article>
  );
}

function Cause({ alert }: { alert: Alert }) {
  const t = useWords(alertWords);
  const formats = useFormats();
  const stageName = useStageNames(useFunnel(alert.funnelId));
  const stage = stageName(alert.stage);
  const limit = formats.duration(alert.limitDays * 86_400);
  if (alert.status === 'resolved') return <p>{t('dwelt', { stage, from: formats.day(alert.since), limit })}</p>;
  const duration = formats.duration((Date.now() - Date.parse(alert.since)) / 1_000);
  return <p className="alert-cause">{t('dwell', { stage, duration, limit })}</p>;
}

function Questions({ alert }: { alert: Alert }) {
  const t = useWords(alertWords);
  const { language } = useLanguage();
  return (
    <ul className="alert-questions" aria-label={t('ask')}>
      {alert.questions.map((question) => (
        <li key={question}>{questionIn(language, question)}</li>
      ))}
    </ul>
  );
}

/** Who takes care, or how somebody does. */
function Care({ alert }: { alert: Alert }) {
  const t = useWords(alertWords);
  const me = useMe();
  const [isWriting, setWriting] = useState(false);
  const { mutateAsync } = useCommand(['POST', '/api/alerts/:id/acknowledge']);
  if (alert.status !== 'open' || me?.role === 'auditor') return <CareTaken alert={alert} />;
  if (!isWriting) {
    return (
      <Button className="button button-small alert-button no-print" onPress={() => setWriting(true)}>
        {t('acknowledge')}
      </Button>
    );
  }
  return (
    <CommandForm
      submit={t('acknowledge')}
      onCancel={() => setWriting(false)}
      onSubmit={({ note }) => mutateAsync({ params: { id: alert.id }, body: { note } })}
    >
      <Words name="note" label={t('note')} autoFocus />
    </CommandForm>
  );
}

const becauseWords = {
  'moved-on': 'because_moved',
  closed: 'because_closed',
  'limit-changed': 'because_limit',
} as const;
const isKnownCause = (because: string | null): because is keyof typeof becauseWords =>
  because !== null && Object.hasOwn(becauseWords, because);

/** What was said by who took care, and why it is over. */
function CareTaken({ alert }: { alert: Alert }) {
  const t = useWords(alertWords);
  const formats = useFormats();
  const ownerName = useOwnerNames();
  const { acknowledgedBy, acknowledgedAt, note, resolvedAt, because } = alert;
  return (
    <>
      {acknowledgedBy !== null && (
        <p className="alert-care">
          {note && <>“{note}” </>}
          <span>
            {t('acknowledgedBy', {
              user: ownerName(acknowledgedBy) ?? acknowledgedBy,
              ago: formats.ago(acknowledgedAt ?? ''),
            })}
          </span>
        </p>
      )}
      {resolvedAt !== null && (
        <p className="alert-care">
          {isKnownCause(because) ? t(becauseWords[because]) : because} {t('resolved', { ago: formats.ago(resolvedAt) })}
        </p>
      )}
    </>
  );
}
