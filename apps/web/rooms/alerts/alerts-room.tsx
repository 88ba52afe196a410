import { useInfiniteQuery } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { AlertCard } from '../../alerts/alert-card.tsx';
import { alertWords } from '../../alerts/alert-words.ts';
import { allItems } from '../../api/all-items.ts';
import { get } from '../../api/client.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { OwnerFilter } from '../../frame/owner-filter.tsx';
import { frameWords } from '../../frame/words.ts';
import { useWords } from '../../language/words.ts';
import { Segmented } from '../../parts/choice.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { AlertsCsv } from './alerts-csv.tsx';
import './alerts.css';
import { alertsRoute, alertStatuses } from './route.ts';
import { useWhose } from './use-whose.ts';

const path = '/api/alerts';

const useAlerts = () => {
  const { status = 'open' } = alertsRoute.useSearch();
  const { owner, team } = useWhose();
  const { asOf } = useShownDay();
  return useInfiniteQuery({
    queryKey: [path, 'pages', status, owner, team, asOf],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      get(path, { query: { status, owner, team, cursor, limit: 50, ...asOf } }, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
};

/** What needs somebody's attention, what to ask, and who takes care of it. */
export default function AlertsRoom() {
  const t = useWords(frameWords);
  const reading = useAlerts();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = reading;
  const alerts = data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <header className="room-head">
        <h1>{t('alerts')}</h1>
        <Tools>{alerts && <AlertsCsv readAll={() => allItems(reading)} />}</Tools>
      </header>
      {!alerts && (error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading lines={8} />)}
      {alerts?.length === 0 && <NoAlerts />}
      <ul className="alerts">
        {alerts?.map((alert) => (
          <li key={alert.id} className="panel">
            <AlertCard alert={alert} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button className="button no-print" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function NoAlerts() {
  const t = useWords(alertWords);
  const { status = 'open' } = alertsRoute.useSearch();
  const { isPast } = useShownDay();
  return <Empty icon={BellOff} title={t(`none_${status}`)} text={t(isPast ? 'nonePast' : 'noneBody')} />;
}

function Tools({ children }: { children: ReactNode }) {
  const t = useWords(alertWords);
  const frame = useWords(frameWords);
  const { status = 'open' } = alertsRoute.useSearch();
  const navigate = alertsRoute.useNavigate();
  const { owner, team, choose } = useWhose();
  return (
    <div className="room-tools no-print">
      <Segmented
        label={frame('alerts')}
        chosen={status}
        options={alertStatuses.map((id) => ({ id, name: t(`status_${id}`) }))}
        onChoose={(id) => void navigate({ search: (now) => ({ ...now, status: id }), replace: true })}
      />
      <OwnerFilter owner={owner} team={team} onChange={choose} />
      {children}
    </div>
  );
}
