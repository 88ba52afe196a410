import { parse, type CsvError, type InfoDataSet, type InfoRecord } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { unreadable, type KeptFile, type Table, type TableRecord } from './table.ts';

const delimiters = [',', ';', '\t'] as const;

/** The sign that stands most often in the first line, outside of quotes. */
const delimiterOf = (start: string): string => {
  const line =
    start
      .replace(/^[\r\n]+/, '')
      .split(/\r?\n/, 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const counts = delimiters.map((sign) => line.split(sign).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
};

const trimmed = (header: readonly string[]): string[] => header.map((name) => name.trim());

/** A quote within a field that has none around it stands for itself: `3" pipe` is told as it is. */
const reading = { bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true } as const;

const demandOneOfEach = (file: string, header: readonly string[]): void => {
  const [again] = header.filter((name, at) => name !== '' && header.indexOf(name) !== at);
  if (again !== undefined) throw unreadable(file, `has two columns "${again}"; expected each name once.`);
};

const headerOf = async ({ name, path }: KeptFile, delimiter: string): Promise<string[]> => {
  const rows = createReadStream(path).pipe(parse({ ...reading, delimiter, to: 1 }));
  let header: string[] | undefined;
  try {
    for await (const row of rows) header = trimmed(row as string[]);
  } catch (cause) {
    throw unreadable(name, `is no CSV: ${(cause as Error).message}.`);
  }
  if (!header) throw unreadable(name, 'is empty; expected CSV with a header.');
  demandOneOfEach(name, header);
  return header;
};

interface ReadRow {
  readonly record: TableRecord['row'];
  readonly info: InfoRecord & InfoDataSet & { readonly lines: number; readonly error?: CsvError };
}

const faultOf = ({ info }: ReadRow): string | undefined => info.error && 'has another number of fields than the header';

/** CSV with a header, its fields set apart by commas, semicolons or tabs. */
export const openCsv = async (kept: KeptFile, start: string): Promise<Table> => {
  const delimiter = delimiterOf(start);
  const { name, path } = kept;
  return {
    name,
    header: await headerOf(kept, delimiter),
    async *records(told) {
      const file = createReadStream(path, { highWaterMark: 1 << 18 });
      let line = 1;
      let isTorn = false;
      const rows = parse({
        ...{ ...reading, delimiter, columns: trimmed, info: true },
        // A quote that is not closed takes in all that follows, and nothing before it.
        ...{ skip_records_with_error: true, on_skip: () => void (isTorn = true) },
      });
      file.once('error', (fault) => rows.destroy(fault));
      for await (const row of file.pipe(rows) as AsyncIterable<ReadRow>) {
        told?.(file.bytesRead);
        line = row.info.lines;
        yield { file: name, line, row: row.record, fault: faultOf(row) };
      }
      if (isTorn) yield { file: name, line: line + 1, row: {}, fault: 'has a quote that is not closed' };
    },
  };
};
