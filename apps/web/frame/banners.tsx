import { CalendarX2, History, WifiOff } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import type { Connection } from '../api/connection.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { useShownDay } from './as-of.ts';
import { useCompany } from './company.ts';
import { lastChoice, useHistoryDays } from './history.ts';
import { frameWords } from './words.ts';

/** What must not be overlooked: that the past is shown, that there is nothing but past, that the connection is broken off. */
export function Banners({ connection }: { connection: Connection }) {
  const t = useWords(frameWords);
  const { day, asOf, choose } = useShownDay();
  const formats = useFormats();
  return (
    <div role="status" className="banners">
      {connection === 'lost' && (
        <p className="banner banner-offline">
          <WifiOff aria-hidden size={16} />
          <span>{t('offline')}</span>
        </p>
      )}
      {!day && <HistoryEnded />}
      {day && asOf.asOf && (
        <p className="banner banner-past">
          <History aria-hidden size={16} />
          <span>
            <strong>{t('past', { day: formats.day(asOf.asOf) })}</strong>{' '}
            <span className="banner-more">{t('pastReadOnly')}</span>
          </span>
          <Button className="button button-small" onPress={() => choose(undefined)}>
            {t('backToToday')}
          </Button>
        </p>
      )}
    </div>
  );
}

/** A history that was brought in may have ended years ago. */
function HistoryEnded() {
  const t = useWords(frameWords);
  const formats = useFormats();
  const { lastAt } = useCompany();
  const days = useHistoryDays();
  if (lastAt === null || lastChoice(days) === days.today) return null;
  return (
    <p className="banner banner-ended">
      <CalendarX2 aria-hidden size={16} />
      <span>
        {t('ended', { day: formats.day(lastAt) })} {t('endedHow')}
      </span>
    </p>
  );
}
