import { useNavigate } from '@tanstack/react-router';
import { ChartNoAxesColumn } from 'lucide-react';
import { useChosenFunnel, type Funnel } from '../../frame/chosen-funnel.ts';
import { FunnelChoice } from '../../frame/funnel-choice.tsx';
import { OwnerFilter } from '../../frame/owner-filter.tsx';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Empty, Loading, Shown } from '../../parts/states.tsx';
import { Bars } from './bar-chart.tsx';
import { CustomerFilter } from './customer-filter.tsx';
import { EventsSheet } from './events-sheet.tsx';
import { waterfallRoute, type WaterfallSearch } from './route.ts';
import { StretchChoice } from './stretch-choice.tsx';
import { Statement } from './statement.tsx';
import { useWaterfall, type Waterfall } from './use-waterfall.ts';
import './waterfall.css';
import { waterfallWords } from './words.ts';

export default function WaterfallRoom() {
  const t = useWords(waterfallWords);
  const { funnel } = useChosenFunnel();
  const search = waterfallRoute.useSearch();
  const navigate = useNavigate({ from: waterfallRoute.fullPath });
  const change = (changed: WaterfallSearch) => void navigate({ search: (now) => ({ ...now, ...changed }) });
  return (
    <>
      <div className="room-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="panel-hint">{t('lead')}</p>
        </div>
        <div className="room-tools">
          <FunnelChoice />
          <OwnerFilter owner={search.owner} team={search.team} onChange={change} />
          {funnel && <CustomerFilter id={funnel.id} search={search} onChange={change} />}
          <StretchChoice search={search} onChange={change} />
        </div>
      </div>
      {funnel ? <Fallen funnel={funnel} search={search} onChange={change} /> : <Loading />}
    </>
  );
}

interface FallenProps {
  readonly funnel: Funnel;
  readonly search: WaterfallSearch;
  readonly onChange: (changed: WaterfallSearch) => void;
}

const isEmpty = ({ opening, lines, closing }: Waterfall): boolean =>
  opening.count === 0 && closing.count === 0 && lines.every(({ events }) => events.length === 0);

function Fallen({ funnel, search, onChange }: FallenProps) {
  const t = useWords(waterfallWords);
  const { day } = useFormats();
  const reading = useWaterfall(funnel.id, search);
  return (
    <Shown reading={reading}>
      {(fall) => (
        <div className="waterfall-room">
          <section className="panel">
            <div className="panel-head">
              <h2>{t('between', { from: day(Date.parse(fall.from) + 1), to: day(fall.to) })}</h2>
              <span className="panel-hint">{t('hint')}</span>
            </div>
            <div className="panel-body">
              {isEmpty(fall) ? (
                <Empty icon={ChartNoAxesColumn} title={t('emptyTitle')} text={t('emptyText')} />
              ) : (
                <Bars fall={fall} onOpen={(opened) => onChange({ line: opened })} />
              )}
              {fall.unreadableEvents > 0 && (
                <p className="panel-hint">{t('unreadable', { count: fall.unreadableEvents })}</p>
              )}
            </div>
          </section>
          <Statement fall={fall} />
          <EventsSheet fall={fall} line={search.line} onClose={() => onChange({ line: undefined })} />
        </div>
      )}
    </Shown>
  );
}
