import { useRead } from '../../../api/use-read.ts';
import { AlertCard } from '../../../alerts/alert-card.tsx';
import { useWords } from '../../../language/words.ts';
import { roomWords } from '../words.ts';

/** What of this deal needs somebody's attention now; without such an alert there is no panel. */
export function AlertsPanel({ dealId }: { dealId: string }) {
  const t = useWords(roomWords);
  const alerts = useRead('/api/alerts', { query: { deal: dealId, limit: 50 } });
  const pressing = (alerts.data?.items ?? []).filter((alert) => alert.status !== 'resolved' && alert.dealId === dealId);
  if (pressing.length === 0) return null;
  return (
    <section className="panel side-panel" aria-label={t('alerts')}>
      <h2>{t('alerts')}</h2>
      {pressing.map((alert) => (
        <AlertCard key={alert.id} alert={alert} isOnDeal />
      ))}
    </section>
  );
}
