import { Download, Printer } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { frameWords } from '../../../frame/words.ts';
import { useWords } from '../../../language/words.ts';
import { download, toCsv } from '../../../parts/csv.ts';
import { dealRoute } from '../route.ts';
import { roomWords } from '../words.ts';
import type { SpokenEvent } from './time-line.tsx';

/** Saves and prints what the time line shows. */
export function HistoryTools({ spoken }: { spoken: readonly SpokenEvent[] }) {
  const t = useWords(roomWords);
  const frame = useWords(frameWords);
  const { id } = dealRoute.useParams();
  const save = () => {
    const header = [t('when'), t('recordedAt'), t('who'), t('event'), t('what'), t('remark')];
    const rows = spoken.map(({ event, sentence }) => [
      event.occurredAt,
      event.recordedAt,
      event.actor.user,
      event.type,
      sentence.text,
      sentence.override ?? sentence.remark,
    ]);
    download(`${id}.csv`, toCsv(header, rows));
  };
  const table = t('timeLine');
  return (
    <div className="room-tools no-print">
      <Button className="button button-quiet button-small" onPress={save} aria-label={frame('csvOf', { table })}>
        <Download aria-hidden size={14} /> {frame('csv')}
      </Button>
      <Button
        className="button button-quiet button-small"
        onPress={() => window.print()}
        aria-label={frame('printOf', { table })}
      >
        <Printer aria-hidden size={14} /> {frame('print')}
      </Button>
    </div>
  );
}
