import { Download } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import type { Alert } from '../../alerts/alert-card.tsx';
import { alertWords } from '../../alerts/alert-words.ts';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { download, toCsv } from '../../parts/csv.ts';

/** Saves the alerts that are shown. */
export function AlertsCsv({ alerts }: { alerts: readonly Alert[] }) {
  const t = useWords(alertWords);
  const frame = useWords(frameWords);
  const save = () => {
    const header = ['id', frame('deal'), frame('stage'), frame('owner'), frame('since'), t('status')];
    const more = [t('note'), t('acknowledgedName'), t('resolvedName')];
    const rows = alerts.map((alert) => [
      ...[alert.dealId, alert.title, alert.stage, alert.ownerId, alert.since, t(`status_${alert.status}`)],
      ...[alert.note, alert.acknowledgedAt, alert.resolvedAt],
    ]);
    download(`${frame('alerts')}.csv`, toCsv([...header, ...more], rows));
  };
  return (
    <Button className="button button-icon" aria-label={frame('csvOf', { table: frame('alerts') })} onPress={save}>
      <Download aria-hidden size={16} />
    </Button>
  );
}
