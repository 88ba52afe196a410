import type { CloudEvent } from '@funnel/contracts';
import { stringify } from 'csv-stringify/sync';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { columns, rowOf, type EventRow } from './event-row.ts';
import { inBatches } from './in-batches.ts';

const linesAtOnce = 500;
const rowsInGroup = 20_000;

/** One event a line, as CloudEvents. */
export async function* asLines(events: AsyncIterable<CloudEvent>): AsyncGenerator<string> {
  for await (const batch of inBatches(events, linesAtOnce)) {
    yield batch.map((event) => `${JSON.stringify(event)}\n`).join('');
  }
}

/** One event a row, amounts as exact decimals, instants in ISO 8601. */
export async function* asCsv(events: AsyncIterable<CloudEvent>): AsyncGenerator<string> {
  yield stringify([columns as string[]]);
  for await (const batch of inBatches(events, linesAtOnce)) {
    yield stringify(batch.map(rowOf), { columns: columns as string[] });
  }
}

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];
const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
/** Instants in UTC. */
const instant = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
} as const;
const date = { type: 'INT32', converted_type: 'DATE' } as const;
/** As many decimals as any currency has. */
const decimals = 4;
const amount = {
  type: 'FIXED_LEN_BYTE_ARRAY',
  type_length: 9,
  converted_type: 'DECIMAL',
  precision: 20,
  scale: decimals,
} as const;

const typeOfColumn: Partial<Record<keyof EventRow, Partial<Element>>> = {
  ...{ revision: { type: 'INT64' }, time: instant, recorded_at: instant, amount, expected_close: date },
  data: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
};
const required = new Set<keyof EventRow>([
  'position',
  'subject',
  'revision',
  'type',
  'time',
  'recorded_at',
  'id',
  'data',
]);

const schema: Element[] = [
  { name: 'event', num_children: columns.length },
  ...columns.map((name): Element => {
    return { name, ...(typeOfColumn[name] ?? text), repetition_type: required.has(name) ? 'REQUIRED' : 'OPTIONAL' };
  }),
];

/** `100.5` as 1005000: the amount without its point. */
const unscaled = (value: string): bigint => {
  const [whole = '0', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
};

const cells: Partial<Record<keyof EventRow, (value: string) => unknown>> = {
  time: (value) => new Date(value),
  recorded_at: (value) => new Date(value),
  expected_close: (value) => new Date(`${value}T00:00:00Z`),
  amount: unscaled,
  data: (value) => JSON.parse(value) as unknown,
};

const cellOf = (name: keyof EventRow, value: EventRow[keyof EventRow]): unknown => {
  if (value === null) return undefined;
  return typeof value === 'number' ? BigInt(value) : (cells[name]?.(value) ?? value);
};

/** What the writer has made since the last call. */
const taken = (writer: ByteWriter): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from(writer.getBytes());
  writer.index = 0;
  return bytes;
};

/** One event a row, in typed columns; a row group at a time, so that memory stays flat. */
export async function* asParquet(events: AsyncIterable<CloudEvent>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'Funnel Ledger' });
  for await (const batch of inBatches(events, rowsInGroup)) {
    const rows = batch.map(rowOf);
    const columnData = columns.map((name) => ({ name, data: rows.map((row) => cellOf(name, row[name])) }));
    await parquet.write({ columnData, rowGroupSize: rowsInGroup });
    yield taken(writer);
  }
  await parquet.finish();
  yield taken(writer);
}
