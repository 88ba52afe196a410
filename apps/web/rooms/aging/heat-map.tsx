import type { CSSProperties } from 'react';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { moneyOf, nothing, plus } from '../../deals/weighted.ts';
import { bucketStarts, overLimit, type Bucket, type HeatCell, type HeatRow } from './heat.ts';
import { HeatTools } from './heat-tools.tsx';
import { agingRoute } from './route.ts';
import { agingWords } from './words.ts';

/** What a bucket is called. */
export const useBucketNames = (): ((bucket: Bucket) => string) => {
  const t = useWords(agingWords);
  return (bucket) => {
    const from = bucketStarts[bucket] ?? 0;
    const next = bucketStarts[bucket + 1];
    return next === undefined ? t('daysMore', { from }) : t('days', { from, to: next - 1 });
  };
};

/** Stage by age, coloured by amount: a table that can be read, walked through by keyboard and clicked. */
export function HeatMap({ rows }: { rows: readonly HeatRow[] }) {
  const t = useWords(agingWords);
  const bucketName = useBucketNames();
  return (
    <section className="panel heat" aria-label={t('heat')}>
      <div className="panel-head">
        <div>
          <h2>{t('heat')}</h2>
          <p className="panel-hint no-print">{t('heatHint')}</p>
        </div>
        <HeatTools rows={rows} />
      </div>
      <div className="heat-scroll" role="region" aria-label={t('heat')} tabIndex={0}>
        <table className="heat-table">
          <caption className="sr-only">{t('heat')}</caption>
          <thead>
            <tr>
              <td />
              {bucketStarts.map((_, bucket) => (
                <th key={bucket} scope="col">
                  {bucketName(bucket)}
                </th>
              ))}
              <th scope="col" className="heat-total">
                {t('total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.stage.key} row={row} />
            ))}
          </tbody>
          <Totals rows={rows} />
        </table>
      </div>
      <Legend />
    </section>
  );
}

function Row({ row: { stage, cells, count, amount } }: { row: HeatRow }) {
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">{stage.label}</th>
      {cells.map((cell) => (
        <Cell key={cell.bucket} cell={cell} />
      ))}
      <td className="heat-total figures">
        <strong>{formats.shortMoney(amount)}</strong>
        <span>{formats.number(count)}</span>
      </td>
    </tr>
  );
}

function Cell({ cell }: { cell: HeatCell }) {
  const t = useWords(agingWords);
  const formats = useFormats();
  const bucketName = useBucketNames();
  const { stage, age } = agingRoute.useSearch();
  const navigate = agingRoute.useNavigate();
  const { deals, amount, heat } = cell;
  const isChosen = stage === cell.stage.key && age === String(cell.bucket);
  const over = overLimit(cell.stage, cell.bucket);
  if (deals.length === 0) return <td className="heat-cell heat-none" data-over={over} />;
  const told = { stage: cell.stage.label, days: bucketName(cell.bucket), count: deals.length };
  const label = t('cell', { ...told, amount: formats.wholeMoney(amount) });
  const limit = over === 'yes' ? ` (${t('overAll', { limit: cell.stage.maxDwellDays ?? 0 })})` : '';
  const choose = () => {
    const chosen = isChosen ? { stage: undefined, age: undefined } : { stage: cell.stage.key, age: `${cell.bucket}` };
    void navigate({ search: (now) => ({ ...now, ...chosen }), replace: true, resetScroll: false });
  };
  return (
    <td className="heat-cell" data-over={over} style={{ '--heat': `${Math.round(8 + heat * 52)}%` } as CSSProperties}>
      <button type="button" aria-pressed={isChosen} aria-label={label + limit} onClick={choose}>
        <strong>{formats.shortMoney(amount)}</strong>
        <span>{formats.number(deals.length)}</span>
      </button>
    </td>
  );
}

function Totals({ rows }: { rows: readonly HeatRow[] }) {
  const t = useWords(agingWords);
  const formats = useFormats();
  const sums = [...bucketStarts.keys(), undefined].map((bucket) => {
    const parts = rows
      .map((row) => (bucket === undefined ? row : row.cells[bucket]))
      .filter((part) => part !== undefined);
    const zero = nothing(rows[0]?.amount ?? { value: '0.00', currency: 'CNY' });
    return moneyOf(parts.reduce((sum, { amount }) => plus(sum, amount), zero));
  });
  return (
    <tfoot>
      <tr>
        <th scope="row">{t('total')}</th>
        {sums.map((sum, place) => (
          <td key={place} className="heat-total figures">
            {formats.shortMoney(sum)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

function Legend() {
  const t = useWords(agingWords);
  return (
    <p className="heat-legend">
      <span>{t('less')}</span>
      <span className="heat-scale" aria-hidden />
      <span>{t('more')}</span>
      <span className="heat-over" aria-hidden />
      <span>{t('over')}</span>
      <span className="heat-over heat-partly" aria-hidden />
      <span>{t('partlyOver')}</span>
    </p>
  );
}
