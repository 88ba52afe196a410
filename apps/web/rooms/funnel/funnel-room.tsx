import { useNavigate } from '@tanstack/react-router';
import { Filter } from 'lucide-react';
import { useChosenFunnel, type Funnel } from '../../frame/chosen-funnel.ts';
import { FunnelChoice } from '../../frame/funnel-choice.tsx';
import { useWords } from '../../language/words.ts';
import { Segmented } from '../../parts/choice.tsx';
import { Empty, Loading, Shown } from '../../parts/states.tsx';
import { DealsSheet } from './deals-sheet.tsx';
import { FiguresTable } from './figures-table.tsx';
import { Filters } from './filters.tsx';
import { FunnelChart } from './funnel-chart.tsx';
import './funnel.css';
import { Headline } from './headline.tsx';
import { funnelRoute, measures, type FunnelSearch } from './route.ts';
import { useFunnelReport, type FunnelReport } from './use-funnel-report.ts';
import { funnelWords } from './words.ts';

export default function FunnelRoom() {
  const t = useWords(funnelWords);
  const { funnel } = useChosenFunnel();
  const search = funnelRoute.useSearch();
  const navigate = useNavigate({ from: funnelRoute.fullPath });
  const change = (changed: Partial<FunnelSearch>) => void navigate({ search: (now) => ({ ...now, ...changed }) });
  return (
    <>
      <div className="room-head">
        <h1>{t('title')}</h1>
        <div className="room-tools">
          <FunnelChoice />
          <Filters search={search} onChange={change} />
        </div>
      </div>
      {funnel ? <Report funnel={funnel} search={search} onChange={change} /> : <Loading />}
    </>
  );
}

interface ReportProps {
  readonly funnel: Funnel;
  readonly search: FunnelSearch;
  readonly onChange: (change: Partial<FunnelSearch>) => void;
}

function Report({ funnel, search, onChange }: ReportProps) {
  const reading = useFunnelReport(funnel.id, search);
  return (
    <Shown reading={reading}>
      {(report) => (
        <div className="funnel-room">
          <Headline report={report} />
          <Shape report={report} funnel={funnel} search={search} onChange={onChange} />
          <FiguresTable report={report} />
          <DealsSheet report={report} search={search} onClose={() => onChange({ stage: undefined, show: undefined })} />
        </div>
      )}
    </Shown>
  );
}

function Shape({ report, funnel, search, onChange }: ReportProps & { report: FunnelReport }) {
  const t = useWords(funnelWords);
  const { by = 'amount' } = search;
  const isEmpty = report.totals.openCount === 0 && report.stages.every(({ entered }) => entered === 0);
  return (
    <section className="panel">
      <div className="panel-head">
        <div>
          <h2>{t('shape')}</h2>
          <p className="panel-hint">{t(`shapeHint_${by}`)}</p>
        </div>
        <Segmented
          label={t('by')}
          options={measures.map((id) => ({ id, name: t(`by_${id}`) }))}
          chosen={by}
          onChoose={(chosen) => onChange({ by: chosen === 'amount' ? undefined : chosen })}
        />
      </div>
      <div className="panel-body">
        {isEmpty ? (
          <Empty icon={Filter} title={t('emptyTitle')} text={t('emptyText')} />
        ) : (
          <FunnelChart report={report} funnel={funnel} by={by} onOpen={onChange} />
        )}
        {report.otherCurrencyCount > 0 && (
          <p className="panel-hint">{t('otherCurrency', { count: report.otherCurrencyCount })}</p>
        )}
      </div>
    </section>
  );
}
