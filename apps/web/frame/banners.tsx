import { History, WifiOff } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import type { Connection } from '../api/connection.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { useShownDay } from './as-of.ts';
import { frameWords } from './words.ts';

/** What must not be overlooked: that the past is shown, or that the connection is broken off. */
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
