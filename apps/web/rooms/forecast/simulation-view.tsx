import { useShownDay } from '../../frame/as-of.ts';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Choice, Segmented } from '../../parts/choice.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Stat, Stats } from '../../parts/stat.tsx';
import { Shown } from '../../parts/states.tsx';
import { FanChart } from './charts/charts.tsx';
import { useHistory, type Simulation } from './forecast-reads.ts';
import { ahead, inflows } from './route.ts';
import { useQuestion } from './use-question.ts';
import { forecastWords } from './words.ts';

/** What the coming months may bring, with the prospects that come at present or with none. */
export function SimulationView() {
  const { inflow = 'present', ahead: months = '6' } = useQuestion();
  const { asOf } = useShownDay();
  const asked = { every: 'month', by: 'total', periods: Number(months), inflow, ...asOf } as const;
  const reading = useHistory('/api/simulations', asked);
  return <Shown reading={reading}>{(simulation) => <Futures simulation={simulation} />}</Shown>;
}

function Futures({ simulation }: { simulation: Simulation }) {
  const t = useWords(forecastWords);
  const { number, day } = useFormats();
  const [all] = simulation.groups;
  if (!all) return null;
  const told = { runs: number(simulation.runs), seed: String(simulation.seed) };
  const title = t('fan', { day: day(simulation.asOf) });
  return (
    <div className="forecast-panels">
      <Outlook periods={all.periods} />
      <section className="panel" aria-label={title}>
        <div className="panel-head">
          <div>
            <h2>{title}</h2>
            <p className="panel-hint">{t('fanHint', told)}</p>
          </div>
          <Ahead />
        </div>
        <div className="panel-body">
          <FanChart title={title} periods={all.periods} />
        </div>
      </section>
      <section className="panel" aria-label={t('figures')}>
        <div className="panel-head">
          <h2>{t('figures')}</h2>
          <span className="panel-hint forecast-digest">{t('digest', { digest: simulation.digest.slice(0, 12) })}</span>
        </div>
        <div className="panel-body">
          <PeriodTable periods={all.periods} />
        </div>
      </section>
    </div>
  );
}

function Ahead() {
  const t = useWords(forecastWords);
  const { inflow = 'present', ahead: months = '6', change } = useQuestion();
  return (
    <div className="room-tools no-print">
      <Segmented
        label={t('inflow')}
        options={inflows.map((id) => ({ id, name: t(`inflow_${id}`) }))}
        chosen={inflow}
        onChoose={(chosen) => change({ inflow: chosen })}
      />
      <Choice
        label={t('ahead')}
        options={ahead.map((id) => ({ id, name: t('months', { count: Number(id) }) }))}
        chosen={months}
        onChoose={(chosen) => change({ ahead: chosen })}
      />
    </div>
  );
}

type Period = Simulation['groups'][number]['periods'][number];
interface Periods {
  readonly periods: readonly Period[];
}

/** Until the end of all months: likely, with bad luck, with good luck, and what is left open. */
function Outlook({ periods }: Periods) {
  const t = useWords(forecastWords);
  const { shortMoney } = useFormats();
  const last = periods.at(-1);
  if (!last) return null;
  const { wonToDate, open } = last;
  return (
    <Stats>
      {(['p50', 'p10', 'p90'] as const).map((quantile) => (
        <Stat key={quantile} name={t(`won_${quantile}`)} value={shortMoney(wonToDate[quantile])} />
      ))}
      <Stat
        name={t('leftOpen')}
        value={shortMoney(open.p50)}
        more={`${shortMoney(open.p10)} – ${shortMoney(open.p90)}`}
      />
    </Stats>
  );
}

function PeriodTable({ periods }: Periods) {
  const t = useWords(forecastWords);
  const frame = useWords(frameWords);
  const { day, wholeMoney } = useFormats();
  const money = (key: string, name: string, of: (period: Period) => Period['won']['p10']): Column<Period> => ({
    ...{ key, name, isFigure: true, value: (period) => Number(of(period).value) },
    show: (period) => wholeMoney(of(period)),
  });
  const columns: Column<Period>[] = [
    { key: 'until', name: t('periodEnd'), value: ({ until }) => until, show: ({ until }) => day(until) },
    money('p10', 'P10', ({ won }) => won.p10),
    money('p50', 'P50', ({ won }) => won.p50),
    money('p90', 'P90', ({ won }) => won.p90),
    money('mean', t('mean'), ({ won }) => won.mean),
    money('toDate', t('wonToDate'), ({ wonToDate }) => wonToDate.p50),
    money('open', `${frame('status_open')} P50`, ({ open }) => open.p50),
  ];
  return <DataTable name={t('figures')} columns={columns} rows={periods} keyOf={({ until }) => until} />;
}
