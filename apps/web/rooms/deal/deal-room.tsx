import { History } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import type { Answer } from '../../api/routes.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useRead } from '../../api/use-read.ts';
import { useHistory, type HistoryLine } from '../../deals/history.ts';
import { useFunnel } from '../../deals/use-funnel.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { DealHead } from './deal-head.tsx';
import './deal-room.css';
import { DealStats } from './deal-stats.tsx';
import { LifePanel } from './life/life-panel.tsx';
import { AlertsPanel } from './panels/alerts-panel.tsx';
import { CriteriaPanel } from './panels/criteria-panel.tsx';
import { FactsPanel } from './panels/facts-panel.tsx';
import { NextStepPanel } from './panels/next-step-panel.tsx';
import { dealRoute } from './route.ts';
import { TimeLine } from './time-line/time-line.tsx';
import { useMoment } from './use-moment.ts';
import { roomWords } from './words.ts';

export type ShownDeal = Answer<'GET', '/api/deals/:id'>;

const wasNotThere = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'deal-absent';

/** One deal: where it stands, what is next, and all that happened to it; at any moment of its life. */
export default function DealRoom() {
  const { id } = dealRoute.useParams();
  const { asOf, isPast } = useMoment();
  const deal = useRead('/api/deals/:id', { params: { id }, query: asOf });
  const history = useHistory(id);
  if (isPast && wasNotThere(deal.error) && history.data) return <NotYet history={history.data} />;
  if (wasNotThere(deal.error)) return <Failed error={deal.error} />;
  // While another deal is being read, the one before is still at hand.
  if (deal.data?.id === id) return <Shown deal={deal.data} history={history.data ?? []} />;
  if (deal.error) return <Failed error={deal.error} onRetry={() => void deal.refetch()} />;
  return <Loading lines={8} />;
}

function Shown({ deal, history }: { deal: ShownDeal; history: readonly HistoryLine[] }) {
  const { asOf, isPast } = useMoment();
  const funnel = useFunnel(deal.funnelId);
  const now = Date.now();
  if (!funnel) return <Loading lines={8} />;
  const shownAt = asOf.asOf === undefined ? now : Date.parse(asOf.asOf);
  return (
    <article className="deal" aria-label={deal.title}>
      <DealHead deal={deal} funnel={funnel} isReadOnly={isPast} />
      <LifePanel history={history} funnel={funnel} shownAt={shownAt} now={now} />
      <DealStats deal={deal} funnel={funnel} shownAt={shownAt} />
      <div className="deal-columns">
        <TimeLine history={history} funnel={funnel} shownAt={shownAt} />
        <div className="deal-side">
          <NextStepPanel deal={deal} isReadOnly={isPast} shownAt={shownAt} />
          <CriteriaPanel deal={deal} funnel={funnel} isReadOnly={isPast} />
          {!isPast && <AlertsPanel dealId={deal.id} />}
          <FactsPanel deal={deal} funnel={funnel} />
        </div>
      </div>
    </article>
  );
}

/** The day that is shown lies before the deal began. */
function NotYet({ history }: { history: readonly HistoryLine[] }) {
  const t = useWords(roomWords);
  const formats = useFormats();
  const { choose } = useMoment();
  const added = history.find(({ type }) => type === 'ProspectAdded')?.occurredAt;
  return (
    <Empty icon={History} title={t('notYet')} {...(added && { text: t('notYetBody', { day: formats.day(added) }) })}>
      {added && (
        <Button className="button button-primary" onPress={() => choose(Date.parse(added))}>
          {t('toBeginning')}
        </Button>
      )}
      <Button className="button" onPress={() => choose(undefined)}>
        {t('toNow')}
      </Button>
    </Empty>
  );
}
