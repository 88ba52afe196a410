import { ArrowDown, ArrowUp, Printer } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { frameWords } from '../frame/words.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import type { Cell } from './csv.ts';
import './data-table.css';
import { SaveCsv } from './save-csv.tsx';

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
  /** So many rows are drawn, and as many more whenever they are asked for; all of them when absent. */
  readonly atOnce?: number;
  /** Where not every row has been read yet: reads the rest, for the file. */
  readonly readAll?: () => Promise<readonly Row[]>;
}
interface Order {
  readonly key: string;
  readonly isDescending: boolean;
}

const texts = new Intl.Collator(undefined, { numeric: true });

const compare = (one: Cell, other: Cell): number => {
  if (one === other) return 0;
  if (one === null || one === undefined) return 1;
  if (other === null || other === undefined) return -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return texts.compare(String(one), String(other));
};

interface Sortable<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
}

const sorted = <Row,>({ rows, columns }: Sortable<Row>, order: Order | undefined): readonly Row[] => {
  const column = columns.find(({ key }) => key === order?.key);
  if (!order || !column) return rows;
  const sign = order.isDescending ? -1 : 1;
  return rows.toSorted((one, other) => sign * compare(column.value(one), column.value(other)));
};

/** A table that can be sorted, saved and printed. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, columns, keyOf, isSortable = true, empty, atOnce = Infinity, readAll } = props;
  const [order, setOrder] = useState<Order>();
  const [drawn, draw] = useState(atOnce);
  const rows = sorted(props, order);
  if (rows.length === 0 && empty) return empty;
  const inFile = async () => (readAll ? sorted({ columns, rows: await readAll() }, order) : rows);
  return (
    <div className="data-table">
      <TableTools name={name} columns={columns} inFile={inFile} />
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
            {rows.slice(0, drawn).map((row) => (
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
      {rows.length > drawn && <MoreRows drawn={drawn} count={rows.length} onMore={() => draw(drawn + atOnce)} />}
    </div>
  );
}

function MoreRows({ drawn, count, onMore }: { drawn: number; count: number; onMore: () => void }) {
  const t = useWords(frameWords);
  const { number } = useFormats();
  return (
    <p className="data-table-more">
      <span className="figures">{t('shownOf', { shown: number(drawn), count: number(count) })}</span>
      <Button className="button button-small no-print" onPress={onMore}>
        {t('more')}
      </Button>
    </p>
  );
}

interface TableToolsProps<Row> extends Pick<DataTableProps<Row>, 'name' | 'columns'> {
  /** Every row, in the order of the table. */
  readonly inFile: () => Promise<readonly Row[]>;
}

function TableTools<Row>({ name, columns, inFile }: TableToolsProps<Row>) {
  const t = useWords(frameWords);
  const file = async () => ({
    header: columns.map((column) => column.name),
    rows: (await inFile()).map((row) => columns.map(({ value }) => value(row))),
  });
  return (
    <div className="data-table-tools no-print">
      <SaveCsv name={name} file={file} />
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
