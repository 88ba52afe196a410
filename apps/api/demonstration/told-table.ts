import type { Table, TableRecord } from '../imports/files/table.ts';
import type { Upload } from '../imports/upload.ts';
import { demoMapping, header } from './company.ts';
import { demoRows, type DemoRequest } from './histories.ts';

const name = 'demonstration';
/** So many rows are told before others get their turn. */
const rowsAtOnce = 2_000;
/** About so many rows has a deal: what progress is measured by. */
const rowsPerDeal = 15;

/** The rows of a made-up company in the place of a file: they are told while they are read. */
export const demonstrationTable = (request: DemoRequest): Table => ({
  name,
  header,
  async *records(told): AsyncGenerator<TableRecord> {
    let line = 1;
    for (const cells of demoRows(request)) {
      line += 1;
      if (line % rowsAtOnce === 0) {
        told?.(Math.min(line, request.deals * rowsPerDeal));
        await new Promise(setImmediate);
      }
      yield { file: name, line, row: Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ''])) };
    }
    told?.(request.deals * rowsPerDeal);
  },
});

/** The demonstration as something to import: it needs no disk, so there is nothing to discard. */
export const demonstrationUpload = (request: DemoRequest): Upload => ({
  mapping: demoMapping as Upload['mapping'],
  tables: [demonstrationTable(request)],
  source: { kind: 'demonstration', request },
  bytes: request.deals * rowsPerDeal,
  discard: async () => undefined,
});
