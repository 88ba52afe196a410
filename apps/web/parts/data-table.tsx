import { ArrowDown, ArrowUp, Download, Printer } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { frameWords } from '../frame/words.ts';
import { useWords } from '../language/words.ts';
import { download, toCsv, type Cell } from './csv.ts';
import './data-table.css';

export interface Column<Row> {
  readonly key: string;
  readonly name: string;
  /** What is written into files and sorted by. */
  readonly value: (row: Row) => Cell;
  /** What is shown, when it is more than the value. */
  readonly show?: (row: Row) => ReactNode;
  /** Figures stand at the end of their cell, under each other. */
  readonly isFigure?: boolean;
}
interface DataTableProps<Row> {
  /** Says what the table is; also the name of the file. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Without it the table keeps the order of its rows. */
  readonly isSortable?: boolean;
  readonly empty?: ReactNode;
}
interface Order {
  readonly key: string;
  readonly isDescending: boolean;
}

const compare = (one: Cell, other: Cell): number => {
  if (one === other) return 0;
  if (one === null || one === undefined) return 1;
  if (other === null || other === undefined) return -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
};

const sorted = <Row,>({ rows, columns }: DataTableProps<Row>, order: Order | undefined): readonly Row[] => {
  const column = columns.find(({ key }) => key === order?.key);
  if (!order || !column) return rows;
  const sign = order.isDescending ? -1 : 1;
  return rows.toSorted((one, other) => sign * compare(column.value(one), column.value(other)));
};

/** A table that can be sorted, saved and printed. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, columns, keyOf, isSortable = true, empty } = props;
  const [order, setOrder] = useState<Order>();
  const rows = sorted(props, order);
  if (rows.length === 0 && empty) return empty;
  return (
    <div className="data-table">
      <TableTools {...props} rows={rows} />
      <div className="data-table-scroll" role="region" aria-label={name} tabIndex={0}>
        <table>
          <caption className="sr-only">{name}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeadCell key={column.key} column={column} order={order} {...(isSortable && { onOrder: setOrder })} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <td key={column.key} className={column.isFigure ? 'figures cell-figure' : undefined}>
                    {column.show ? column.show(row) : column.value(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function TableTools<Row>({ name, columns, rows }: DataTableProps<Row>) {
  const t = useWords(frameWords);
  const save = () => {
    const lines = rows.map((row) => columns.map(({ value }) => value(row)));
    const header = columns.map((column) => column.name);
    download(`${name}.csv`, toCsv(header, lines));
  };
  return (
    <div className="data-table-tools no-print">
      <Button className="button button-quiet button-small" onPress={save} aria-label={t('csvOf', { table: name })}>
        <Download aria-hidden size={14} /> {t('csv')}
      </Button>
      <Button
        className="button button-quiet button-small"
        onPress={() => window.print()}
        aria-label={t('printOf', { table: name })}
      >
        <Printer aria-hidden size={14} /> {t('print')}
      </Button>
    </div>
  );
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly order: Order | undefined;
  readonly onOrder?: (order: Order) => void;
}

const directionOf = ({ isDescending }: Order) => (isDescending ? 'descending' : 'ascending');

function HeadCell<Row>({ column: { key, name, isFigure = false }, order, onOrder }: HeadCellProps<Row>) {
  const isOrdering = order?.key === key;
  const Arrow = order?.isDescending ? ArrowDown : ArrowUp;
  // Large figures are what one looks for, so they come first.
  const next = { key, isDescending: isOrdering ? !order.isDescending : isFigure };
  return (
    <th
      scope="col"
      className={isFigure ? 'cell-figure' : undefined}
      aria-sort={isOrdering ? directionOf(order) : undefined}
    >
      {onOrder ? (
        <button type="button" className="data-table-sort" onClick={() => onOrder(next)}>
          {name}
          {isOrdering && <Arrow aria-hidden size={13} />}
        </button>
      ) : (
        name
      )}
    </th>
  );
}
