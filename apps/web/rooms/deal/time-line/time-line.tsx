import {
  Activity,
  ArrowRightLeft,
  CalendarClock,
  Coins,
  ListChecks,
  Percent,
  Phone,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import { Button } from 'react-aria-components/Button';
import { contactKinds, contactWords } from '../../../deals/contact-words.ts';
import type { HistoryLine } from '../../../deals/history.ts';
import { useStageNames } from '../../../deals/use-funnel.ts';
import type { Funnel } from '../../../frame/chosen-funnel.ts';
import { useOwnerNames } from '../../../frame/people.ts';
import { frameWords } from '../../../frame/words.ts';
import { useFormats } from '../../../language/use-formats.ts';
import { useWords } from '../../../language/words.ts';
import { Segmented } from '../../../parts/choice.tsx';
import { dealRoute } from '../route.ts';
import { useMoment } from '../use-moment.ts';
import { roomWords } from '../words.ts';
import { HistoryTools } from './history-tools.tsx';
import { sentenceWords } from './sentence-words.ts';
import { sentenceOf, type Sentence, type Speech } from './sentence.ts';
import './time-line.css';
import { kinds, told, type Kind, type Told } from './told.ts';

const icons: Readonly<Record<Kind, LucideIcon>> = {
  stage: ArrowRightLeft,
  value: Coins,
  'next-step': CalendarClock,
  contact: Phone,
  owner: UserRound,
  weight: Percent,
  criteria: ListChecks,
};

const useSpeech = (funnel: Funnel): Speech => {
  const t = useWords(sentenceWords);
  const frame = useWords(frameWords);
  const contact = useWords(contactWords);
  const formats = useFormats();
  const stage = useStageNames(funnel);
  const ownerName = useOwnerNames();
  const labels = new Map(funnel.stages.flatMap((each) => each.exitCriteria).map(({ key, label }) => [key, label]));
  return {
    t,
    formats,
    stage,
    owner: (id) => ownerName(id) ?? frame('nobody'),
    criterion: (key) => labels.get(key) ?? key,
    contact: (kind) => {
      const known = contactKinds.find((each) => each === kind);
      return known ? contact(known) : kind;
    },
  };
};

interface TimeLineProps {
  readonly history: readonly HistoryLine[];
  readonly funnel: Funnel;
  readonly shownAt: number;
}

export interface SpokenEvent {
  readonly event: Told;
  readonly sentence: Sentence;
}

/** Every event in words, the newest first. */
export function TimeLine({ history, funnel, shownAt }: TimeLineProps) {
  const t = useWords(roomWords);
  const { about } = dealRoute.useSearch();
  const navigate = dealRoute.useNavigate();
  const speech = useSpeech(funnel);
  const events = useMemo(() => told(history).toReversed(), [history]);
  const present = kinds.filter((kind) => events.some((event) => event.kind === kind));
  const shown = events.filter(({ kind }) => about === undefined || kind === about);
  const spoken = shown.map((event): SpokenEvent => ({ event, sentence: sentenceOf(event, speech) }));
  return (
    <section className="panel time-line" aria-label={t('timeLine')}>
      <div className="panel-head">
        <h2>{t('timeLine')}</h2>
        <HistoryTools spoken={spoken} />
      </div>
      <div className="time-line-kinds no-print">
        <Segmented
          label={t('timeLine')}
          chosen={about ?? 'all'}
          options={[
            { id: 'all', name: t('about_all') },
            ...present.map((kind) => ({ id: kind, name: t(`about_${kind}`) })),
          ]}
          onChoose={(id) => {
            const chosen = kinds.find((kind) => kind === id);
            void navigate({ search: (now) => ({ ...now, about: chosen }), replace: true });
          }}
        />
      </div>
      {spoken.length === 0 && <p className="time-line-none">{t('noEvents')}</p>}
      <ol className="time-line-events">
        {spoken.map((each) => (
          <Event key={each.event.id} {...each} isAhead={Date.parse(each.event.occurredAt) > shownAt} />
        ))}
      </ol>
    </section>
  );
}

function Event({ event, sentence, isAhead }: SpokenEvent & { isAhead: boolean }) {
  const t = useWords(roomWords);
  const formats = useFormats();
  const ownerName = useOwnerNames();
  const { choose } = useMoment();
  const Icon = event.kind ? icons[event.kind] : Activity;
  const happened = Date.parse(event.occurredAt);
  const later = formats.duration((Date.parse(event.recordedAt) - happened) / 1_000);
  return (
    <li className="event" data-kind={event.kind} data-type={event.type} data-ahead={isAhead || undefined}>
      <span className="event-icon">
        <Icon aria-hidden size={14} />
      </span>
      <div className="event-said">
        <p className="event-text">
          {sentence.text}
          {isAhead && <span className="sr-only"> ({t('still_ahead')})</span>}
        </p>
        {sentence.remark && <p className="event-remark">{sentence.remark}</p>}
        {sentence.override && <p className="event-override">{t('override', { reason: sentence.override })}</p>}
      </div>
      <div className="event-times figures">
        <Button
          className="event-time"
          aria-label={`${t('showThen')}: ${formats.time(happened)}`}
          onPress={() => choose(happened)}
        >
          <time dateTime={event.occurredAt}>{formats.time(happened)}</time>
        </Button>
        <span className="event-who">{t('by', { user: ownerName(event.actor.user) ?? event.actor.user })}</span>
        {event.isLate && (
          <span className="event-late" title={t('recordedAt')}>
            {t('recordedLate', { time: formats.time(event.recordedAt), later })}
          </span>
        )}
      </div>
    </li>
  );
}
