import { Link } from '@tanstack/react-router';
import { BellRing, Hourglass } from 'lucide-react';
import { useMemo } from 'react';
import { useOpenDeals, type OpenDeal, type OpenDeals } from '../../deals/open-deals/open-deals.ts';
import { FunnelChoice } from '../../frame/funnel-choice.tsx';
import { OwnerFilter } from '../../frame/owner-filter.tsx';
import { useShownDay } from '../../frame/as-of.ts';
import { useChosenFunnel, type Funnel } from '../../frame/chosen-funnel.ts';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { AgingList } from './aging-list.tsx';
import './aging.css';
import { bucketOf, heatOf } from './heat.ts';
import { HeatMap } from './heat-map.tsx';
import { agingRoute, agingStates } from './route.ts';
import { agingWords } from './words.ts';

/** How long deals stand where they stand, and how long they may. */
export default function AgingRoom() {
  const t = useWords(frameWords);
  const { funnel } = useChosenFunnel();
  const { owner, team } = agingRoute.useSearch();
  const { asOf } = useShownDay();
  const open = useOpenDeals(funnel && { funnel: funnel.id, owner, team, ...asOf });
  return (
    <>
      <header className="room-head">
        <div>
          <h1>{t('aging')}</h1>
          <StillLoading open={open} />
        </div>
        <Tools />
      </header>
      {funnel && open.deals && <Shown funnel={funnel} deals={open.deals} />}
      {!open.deals &&
        (open.error ? <Failed error={open.error} onRetry={() => void open.refetch()} /> : <Loading lines={8} />)}
    </>
  );
}

function StillLoading({ open }: { open: OpenDeals }) {
  const t = useWords(agingWords);
  const formats = useFormats();
  if (open.isComplete || !open.deals) return null;
  return (
    <p className="panel-hint figures" role="status">
      {t('loading', { loaded: formats.number(open.deals.length), count: formats.number(open.count) })}
    </p>
  );
}

function Tools() {
  const t = useWords(agingWords);
  const frame = useWords(frameWords);
  const search = agingRoute.useSearch();
  const navigate = agingRoute.useNavigate();
  return (
    <div className="room-tools no-print">
      <FunnelChoice />
      <OwnerFilter
        owner={search.owner}
        team={search.team}
        onChange={(whose) => void navigate({ search: (now) => ({ ...now, ...whose }), replace: true })}
      />
      <Choice
        label={t('state')}
        chosen={search.state ?? 'all'}
        options={[{ id: 'all', name: frame('all') }, ...agingStates.map((id) => ({ id, name: t(`state_${id}`) }))]}
        onChoose={(id) => {
          const state = agingStates.find((each) => each === id);
          void navigate({ search: (now) => ({ ...now, state }), replace: true });
        }}
      />
      <Link to="/alerts" className="button">
        <BellRing aria-hidden size={16} /> {t('toAlerts')}
      </Link>
    </div>
  );
}

const isIn = (deal: OpenDeal, stage: string | undefined, age: string | undefined): boolean =>
  (stage === undefined || deal.stage === stage) && (age === undefined || bucketOf(deal.dwellSeconds) === Number(age));

function Shown({ funnel, deals }: { funnel: Funnel; deals: readonly OpenDeal[] }) {
  const t = useWords(agingWords);
  const { state, stage, age } = agingRoute.useSearch();
  const chosen = useMemo(() => deals.filter((deal) => state === undefined || deal.state === state), [deals, state]);
  const rows = useMemo(
    () => heatOf({ stages: funnel.stages, currency: funnel.currency, deals: chosen }),
    [funnel, chosen],
  );
  if (chosen.length === 0) return <Empty icon={Hourglass} title={t('none')} text={t('noneBody')} />;
  return (
    <div className="aging">
      <HeatMap rows={rows} />
      <AgingList funnel={funnel} deals={chosen.filter((deal) => isIn(deal, stage, age))} />
    </div>
  );
}
