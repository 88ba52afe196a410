import { propose, type Proposal, type ProposalKind, type Sample } from '@funnel/importing';
import type { Settings } from '../settings.ts';
import { unreadable, type Table, type TableRecord } from './files/table.ts';

/** The beginning of a table, as a table. */
export interface SampledTable extends Table, Sample {}

/** What a person may say where the files cannot tell it. */
export interface Wishes {
  readonly format?: ProposalKind | undefined;
  readonly currency?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly funnelId?: string | undefined;
}

const firstRecords = async (table: Table, most: number, partial: boolean): Promise<TableRecord[]> => {
  const records: TableRecord[] = [];
  try {
    for await (const record of table.records()) {
      if (records.length === most) return records;
      records.push(record);
    }
  } catch (cause) {
    if (!partial) throw unreadable(table.name, `cannot be read: ${(cause as Error).message}.`);
    return records;
  }
  // The last one of a beginning may be torn.
  return partial ? records.slice(0, -1) : records;
};

/** The first records of a table. `partial`: the file may end within a record. @throws {ProblemError} */
export const sampleOf = async (
  table: Table,
  { most, partial = false }: { most: number; partial?: boolean },
): Promise<SampledTable> => {
  const records = await firstRecords(table, most, partial);
  return {
    ...table,
    rows: records.map(({ row }) => row),
    async *records() {
      yield* records;
    },
  };
};

/** How sampled files seem to be meant. */
export const proposeFor = (samples: readonly Sample[], wishes: Wishes, company: Settings): Proposal => {
  const { format, currency = company.baseCurrency, timeZone = company.timeZone, funnelId } = wishes;
  return propose(samples, { currency, timeZone, funnelId }, format);
};
