import { publicData, read, type AnswerOf, type routes } from '@funnel/contracts';
import {
  createInterpreter,
  mapping as mappingSchema,
  type Mapping,
  type MappingFile,
  type ReadSaying,
  type RowOutcome,
} from '@funnel/importing';
import { formatInstant } from '@funnel/kernel';
import type { Settings } from '../settings.ts';
import { faultsOfParts } from './demand-parts.ts';
import { countIn, distinctRows } from './import-job.ts';
import { readSayings } from './read-sayings.ts';
import { proposeFor, sampleOf, type SampledTable, type Wishes } from './samples.ts';
import { Shelf } from './shelf.ts';
import type { Upload } from './upload.ts';

export type Preview = AnswerOf<(typeof routes)['previewImport']>;
type PreviewedRow = Preview['rows'][number];

const most = { records: 2_000, rowsShown: 20, outcomesShown: 100 };

const nothing = { dealId: null, events: [], ignoredBecause: null, error: null };
const placeOf = (read: ReadSaying) => (read.kind === 'saying' ? read.saying : read.error);

const shownRow = (read: ReadSaying, outcome: RowOutcome): PreviewedRow => {
  const { file, line } = placeOf(read);
  const row = { ...nothing, file, line, dealId: read.kind === 'saying' ? read.saying.deal : null };
  if (outcome.kind === 'error') return { ...row, error: outcome.error };
  if (outcome.kind === 'ignored') return { ...row, ignoredBecause: outcome.because };
  const events = outcome.events.map(({ at, event: { type, data } }) => {
    return { type, at: formatInstant(at), data: publicData(data) as Record<string, unknown> };
  });
  return { ...row, events };
};

type Outcomes = Pick<Preview, 'rows' | 'rowsIgnored' | 'rowsFailed' | 'deals' | 'eventsByType'>;
const noOutcomes = (): Outcomes => ({ rows: [], rowsIgnored: 0, rowsFailed: 0, deals: 0, eventsByType: {} });

const counter = (outcomes: Outcomes) => {
  const isNew = distinctRows();
  return (outcome: RowOutcome): void => {
    if (outcome.kind === 'ignored') outcomes.rowsIgnored += 1;
    else if (outcome.kind === 'error') outcomes.rowsFailed += isNew(outcome.error) ? 1 : 0;
    else for (const { event } of outcome.events) countIn(outcomes.eventsByType, event.type);
  };
};

/** What the sampled rows become under a mapping. */
const outcomesOf = async (mapping: Mapping, tables: readonly SampledTable[]): Promise<Outcomes> => {
  const outcomes = noOutcomes();
  const count = counter(outcomes);
  const interpret = createInterpreter(mapping);
  const shelf = new Shelf();
  try {
    for await (const each of readSayings({ mapping, tables, shelf, told: () => undefined })) {
      const outcome = each.kind === 'error' ? each : interpret(each.saying);
      count(outcome);
      if (outcomes.rows.length < most.outcomesShown) outcomes.rows.push(shownRow(each, outcome));
    }
  } finally {
    shelf.close();
  }
  return { ...outcomes, deals: outcomes.eventsByType['ProspectAdded'] ?? 0 };
};

interface Question {
  readonly upload: Upload;
  readonly partial: boolean;
  readonly wishes: Wishes;
  readonly company: Settings;
}

const judged = async (
  written: MappingFile | null,
  tables: readonly SampledTable[],
): Promise<Outcomes & Pick<Preview, 'problems'>> => {
  if (!written) return { ...noOutcomes(), problems: [] };
  const reading = read(mappingSchema, written, 'mapping');
  if (!reading.ok) return { ...noOutcomes(), problems: reading.faults };
  const problems = faultsOfParts(reading.value, tables);
  return { ...(problems.length > 0 ? noOutcomes() : await outcomesOf(reading.value, tables)), problems };
};

/** What the first rows of files would become under the mapping that was sent, or under a proposed one. */
export const previewOf = async ({ upload, partial, wishes, company }: Question): Promise<Preview> => {
  const tables = await Promise.all(upload.tables.map((table) => sampleOf(table, { most: most.records, partial })));
  const sent = upload.mapping && { kind: null, mapping: upload.mapping, notes: [] };
  const { kind, mapping, notes } = sent ?? proposeFor(tables, wishes, company);
  const files = tables.map(({ name, header, rows }) => {
    return { name, columns: [...header], rows: rows.slice(0, most.rowsShown), rowsRead: rows.length };
  });
  const told = mapping as Record<string, unknown> | null;
  return { files, kind, mapping: told, notes: [...notes], ...(await judged(mapping, tables)) };
};
