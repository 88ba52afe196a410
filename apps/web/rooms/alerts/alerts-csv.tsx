import type { Alert } from '../../alerts/alert-card.tsx';
import { alertWords } from '../../alerts/alert-words.ts';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { SaveCsv } from '../../parts/save-csv.tsx';

/** Saves every alert of the list, also those that were not scrolled to yet. */
export function AlertsCsv({ readAll }: { readAll: () => Promise<readonly Alert[]> }) {
  const t = useWords(alertWords);
  const frame = useWords(frameWords);
  const file = async () => {
    const header = ['id', frame('deal'), frame('stage'), frame('owner'), frame('since'), t('status')];
    const more = [t('note'), t('acknowledgedName'), t('resolvedName')];
    const rows = (await readAll()).map((alert) => [
      ...[alert.dealId, alert.title, alert.stage, alert.ownerId, alert.since, t(`status_${alert.status}`)],
      ...[alert.note, alert.acknowledgedAt, alert.resolvedAt],
    ]);
    return { header: [...header, ...more], rows };
  };
  return <SaveCsv name={frame('alerts')} file={file} />;
}
