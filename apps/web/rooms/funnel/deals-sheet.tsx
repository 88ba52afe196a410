import { Inbox } from 'lucide-react';
import { useShownDay } from '../../frame/as-of.ts';
import { useFieldName } from '../../language/use-field-name.ts';
import { useWords } from '../../language/words.ts';
import { DealList, type WantedDeals } from '../../parts/deal-list.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { Empty } from '../../parts/states.tsx';
import type { FunnelSearch } from './route.ts';
import { useReportQuery, type FunnelReport } from './use-funnel-report.ts';
import { funnelWords } from './words.ts';

interface DealsSheetProps {
  readonly report: FunnelReport;
  readonly search: FunnelSearch;
  readonly onClose: () => void;
}

/** The deals behind a part of the funnel. */
export function DealsSheet({ report, search, onClose }: DealsSheetProps) {
  const t = useWords(funnelWords);
  const name = useFieldName();
  const asked = useReportQuery(search);
  const { asOf } = useShownDay();
  const { stage: key = '', show = 'open', owner, team } = search;
  const stage = report.stages.find((each) => each.key === key);
  const title = t(show === 'open' ? 'openDeals' : 'lostDeals', { stage: stage ? name(stage.label) : '' });
  const open = { funnel: report.id, stage: key, status: 'open', owner, team, ...asOf } as const;
  const lost = { ...asked, stage: key, outcome: 'lost' } as const;
  const wanted: WantedDeals =
    show === 'open'
      ? { path: '/api/deals', sent: { query: open } }
      : { path: '/api/funnels/:id/cohort', sent: { params: { id: report.id }, query: lost } };
  return (
    <Sheet title={title} isOpen={stage !== undefined} onClose={onClose}>
      {show === 'lost' && <p className="panel-hint">{t('lostHint')}</p>}
      <DealList
        name={title}
        wanted={wanted}
        areLost={show === 'lost'}
        empty={<Empty icon={Inbox} title={t('noDeals')} text={t('noDealsText')} />}
      />
    </Sheet>
  );
}
