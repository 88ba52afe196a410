import { useFieldName } from '../../language/use-field-name.ts';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import type { FunnelReport, StageFigures } from './use-funnel-report.ts';
import { funnelWords } from './words.ts';

const daySeconds = 86_400;

/** Every figure of the report, for those who reconcile. */
export function FiguresTable({ report }: { report: FunnelReport }) {
  const t = useWords(funnelWords);
  const columns = useColumns();
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('figures')}</h2>
        <span className="panel-hint">{t('figuresHint')}</span>
      </div>
      <div className="panel-body">
        <DataTable
          name={t('figures')}
          columns={columns}
          rows={report.stages}
          keyOf={({ key }) => key}
          isSortable={false}
        />
      </div>
    </section>
  );
}

type StageColumn = Column<StageFigures>;

const useColumns = (): readonly StageColumn[] => {
  const t = useWords(funnelWords);
  const terms = useWords(frameWords);
  const name = useFieldName();
  const { wholeMoney, percent, duration, number } = useFormats();
  const money = (key: 'openAmount' | 'weightedAmount', named: string): StageColumn => ({
    key,
    name: named,
    value: (stage) => Number(stage[key].value),
    show: (stage) => wholeMoney(stage[key]),
    isFigure: true,
  });
  const count = (key: CountKey, named: string): StageColumn => ({
    key,
    name: named,
    value: (stage) => stage[key],
    show: (stage) => number(stage[key]),
    isFigure: true,
  });
  const dwell = (key: 'medianSeconds' | 'p90Seconds', named: string): StageColumn => ({
    key,
    name: named,
    value: ({ dwell }) => (dwell[key] === null ? null : dwell[key] / daySeconds),
    show: ({ dwell }) => (dwell[key] === null ? t('none') : duration(dwell[key])),
    isFigure: true,
  });
  return [
    { key: 'stage', name: terms('stage'), value: ({ label }) => name(label) },
    count('openCount', terms('count')),
    money('openAmount', t('openAmount')),
    money('weightedAmount', t('weightedAmount')),
    count('entered', t('entered')),
    count('advanced', t('advanced')),
    count('lost', t('lostColumn')),
    count('movedBack', t('movedBack')),
    count('stillThere', t('stillThereColumn')),
    {
      key: 'conversion',
      name: t('conversion'),
      value: ({ conversion }) => conversion,
      show: ({ conversion }) => (conversion === null ? t('none') : percent(conversion)),
      isFigure: true,
    },
    count('reachedWon', t('reachedWon')),
    dwell('medianSeconds', t('median')),
    dwell('p90Seconds', t('p90Column')),
  ];
};
type CountKey = 'openCount' | 'entered' | 'advanced' | 'lost' | 'movedBack' | 'stillThere' | 'reachedWon';
