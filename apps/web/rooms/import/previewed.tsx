import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { useEventNames } from './event-words.ts';
import { EventCounts } from './event-counts.tsx';
import type { Preview } from './imports.ts';
import { useRowWords } from './row-words.ts';
import { importWords } from './words.ts';

type File = Preview['files'][number];
type FileRow = File['rows'][number];
type Row = Preview['rows'][number];

/** The files as they are: their columns and first rows. */
export function PreviewedFiles({ preview }: { preview: Preview }) {
  const t = useWords(importWords);
  return (
    <section className="panel" aria-label={t('rowsOf')}>
      <div className="panel-head">
        <h2>{t('rowsOf')}</h2>
      </div>
      <div className="panel-body import-samples">
        {preview.files.map((file) => (
          <FileRows key={file.name} file={file} />
        ))}
      </div>
    </section>
  );
}

function FileRows({ file: { name, columns, rows } }: { file: File }) {
  return (
    <details open>
      <summary>{name}</summary>
      <div className="import-sample">
        <DataTable
          name={name}
          isSortable={false}
          columns={columns.map((column): Column<FileRow> => ({
            key: column,
            name: column,
            value: (row) => row[column],
          }))}
          rows={rows.slice(0, 5)}
          keyOf={(row) => `${rows.indexOf(row)}`}
        />
      </div>
    </details>
  );
}

/** What the first rows become. */
export function PreviewedRows({ preview }: { preview: Preview }) {
  const t = useWords(importWords);
  const { time, number } = useFormats();
  const why = useWhy();
  const columns: Column<Row>[] = [
    { key: 'line', name: t('line'), isFigure: true, value: ({ line }) => line },
    { key: 'deal', name: t('deal'), value: ({ dealId }) => dealId },
    {
      key: 'events',
      name: t('becomes'),
      value: (row) => why(row) ?? row.events.map(({ type }) => type).join(' '),
      show: (row) => <Becomes row={row} time={time} />,
    },
  ];
  const counts = {
    deals: number(preview.deals),
    ignored: number(preview.rowsIgnored),
    failed: number(preview.rowsFailed),
  };
  return (
    <section className="panel" aria-label={t('becomes')}>
      <div className="panel-head">
        <h2>{t('becomes')}</h2>
        <span className="panel-hint">{t('previewCounts', counts)}</span>
      </div>
      <div className="panel-body import-becomes">
        <EventCounts counts={preview.eventsByType} />
        <DataTable
          name={t('becomes')}
          isSortable={false}
          columns={columns}
          rows={preview.rows}
          keyOf={({ file, line }) => `${file} ${line}`}
        />
      </div>
    </section>
  );
}

/** Why a row becomes nothing. */
const useWhy = () => {
  const { faultOf, ignoredBecause } = useRowWords();
  return ({ error, ignoredBecause: because }: Row): string | undefined => {
    if (error) return error.field === '' ? faultOf(error) : `${error.field}: ${faultOf(error)}`;
    return because === null ? undefined : ignoredBecause(because);
  };
};

function Becomes({ row, time }: { row: Row; time: (instant: string) => string }) {
  const { events, error } = row;
  const nameOf = useEventNames();
  const why = useWhy();
  if (error) return <span className="tag tag-bad">{why(row)}</span>;
  if (events.length === 0) return <span className="panel-hint">{why(row)}</span>;
  return (
    <ul className="import-events">
      {events.map(({ type, at }, place) => (
        <li key={`${type} ${place}`}>
          <span className="tag tag-open" title={type}>
            {nameOf(type)}
          </span>{' '}
          <span className="figures panel-hint">{time(at)}</span>
        </li>
      ))}
    </ul>
  );
}
