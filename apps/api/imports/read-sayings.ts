import { createReader, filesOf, unreadableRow, type Mapping, type ReadSaying } from '@funnel/importing';
import type { Table, TableRecord } from './files/table.ts';
import type { Shelf } from './shelf.ts';

/** Files, how they are to be read, and room for what has to wait. */
export interface Reading {
  readonly mapping: Mapping;
  readonly tables: readonly Table[];
  readonly shelf: Shelf;
  /** Hears of every record that is read, with the bytes read of its file so far. */
  readonly told: (record: TableRecord, bytesRead: number) => void;
}

/** Files that a mapping names in several places are read once. */
const tablesOf = ({ mapping, tables }: Reading) => {
  const { rows, lookups } = filesOf(mapping, tables);
  const named = (files: readonly { name: string }[]) =>
    tables.filter(({ name }) => files.some((file) => file.name === name));
  return { rows: named(rows.flat()), lookups: lookups.map(named) };
};

const unevenRow = (record: TableRecord): ReadSaying[] =>
  record.fault === undefined ? [] : [{ kind: 'error', error: unreadableRow(record, record.fault) }];

const fillShelf = async ({ mapping, shelf }: Reading, lookups: readonly (readonly Table[])[]): Promise<void> => {
  for (const [index, tables] of lookups.entries()) {
    const keep = shelf.keeper(index);
    const column = mapping.joins[index]?.on.equals ?? '';
    for (const table of tables) {
      for await (const { row } of table.records()) keep(row[column]?.trim() ?? '', row);
    }
  }
};

async function* inFileOrder(reading: Reading, tables: readonly Table[]): AsyncGenerator<ReadSaying> {
  const read = createReader(reading.mapping, { lookup: reading.shelf.finder(), now: Date.now() });
  for (const table of tables) {
    let bytes = 0;
    for await (const record of table.records((bytesRead) => (bytes = bytesRead))) {
      reading.told(record, bytes);
      yield* record.fault === undefined ? read(record.row, record) : unevenRow(record);
    }
  }
}

/** What cannot be read is told at once, the rest when all of it is sorted. */
async function* inTimeOrder(reading: Reading, tables: readonly Table[]): AsyncGenerator<ReadSaying> {
  const sort = reading.shelf.sorter();
  for await (const each of inFileOrder(reading, tables)) {
    if (each.kind === 'saying') sort(each.saying);
    else yield each;
  }
  for (const saying of reading.shelf.sorted()) yield { kind: 'saying', saying };
}

/** What the records of files say about deals, in the order that the mapping asks for. */
export async function* readSayings(reading: Reading): AsyncGenerator<ReadSaying> {
  const { rows, lookups } = tablesOf(reading);
  await fillShelf(reading, lookups);
  yield* reading.mapping.order === 'time' ? inTimeOrder(reading, rows) : inFileOrder(reading, rows);
}
