import type { MappingFile } from '../mapping.ts';
import { meaningsOf, stageEntered, type Meaning } from './columns-by-name.ts';
import { areTimes, dateOrderOf, decimalSignOf, idsOf, present, valuesOf } from './look.ts';
import { note, type Note } from './notes.ts';
import type { Proposal, Recogniser, Sample, Wishes } from './proposal.ts';
import { endByName, stagesOf, type Standing } from './stages.ts';

type Meanings = Partial<Record<Meaning, string>>;
type DealListFile = Extract<MappingFile, { format: 'deals' }>;

/** Columns of dates that mean nothing else: each seems to tell when a stage was entered. */
const entryColumns = ({ header, rows }: Sample, meanings: Meanings, { timeZone }: Wishes): string[] => {
  const taken = new Set(Object.values(meanings));
  return header.filter((column) => !taken.has(column) && areTimes(valuesOf(rows, [column]), timeZone));
};

/** How deals stand, by what the column of the stage says. */
const presentStandings = ({ rows }: Sample, { stage, probability }: Meanings): Standing[] =>
  valuesOf(rows, [stage]).length === 0
    ? []
    : rows.flatMap((row) => {
        const name = row[stage ?? '']?.trim();
        const percent = Number.parseFloat(row[probability ?? ''] ?? '');
        if (!name) return [];
        return [{ name, ends: endByName(name), ...(Number.isFinite(percent) && { probability: percent }) }];
      });

/** Columns of dates stand mostly in the order of the funnel. */
const enteredStandings = (entries: readonly string[]): Standing[] =>
  entries.map((column, index) => ({ name: stageEntered(column), deal: 'any', at: index }));

const endsOf = (meanings: Meanings, names: readonly string[]): Pick<DealListFile, 'won' | 'lost'> => {
  const { stage, closed, expectedClose, since } = meanings;
  const time = closed ?? expectedClose ?? since;
  const end = (kind: 'won' | 'lost') => {
    const said = names.filter((name) => endByName(name) === kind);
    if (meanings[kind]) return meanings[kind];
    return stage && time && said.length > 0 ? { time, where: { [stage]: said } } : undefined;
  };
  return present({ won: end('won'), lost: end('lost') });
};

/** Where deals stand now, where the list tells it. */
const standsIn = (
  { stage, since, created }: Meanings,
  keys: ReadonlyMap<string, string>,
  names: readonly string[],
): Pick<DealListFile, 'stands'> => {
  const stages = Object.fromEntries(names.flatMap((name) => (keys.has(name) ? [[name, keys.get(name) ?? name]] : [])));
  if (stage === undefined || Object.keys(stages).length === 0) return {};
  return { stands: { column: stage, since: since ?? created ?? '', stages } };
};

const columnsOf = (meanings: Meanings, { header }: Sample) => {
  const { deal, created, owner, amount, currency, title, customer, region, industry, source } = meanings;
  const { expectedClose, reason, probability } = meanings;
  return {
    deal: deal ?? title ?? header[0] ?? '',
    created: created ?? '',
    ...present({ owner, amount, currency, title, customer, region, industry, source }),
    ...present({ expectedClose, reason, probability }),
  };
};

const mappingOf = (sample: Sample, meanings: Meanings, wishes: Wishes): Proposal => {
  const { rows, name: file } = sample;
  const entries = entryColumns(sample, meanings, wishes);
  const standing = presentStandings(sample, meanings);
  const { stages, keys, notes } = stagesOf([...enteredStandings(entries), ...standing]);
  const { since, created, amount } = meanings;
  const columns = columnsOf(meanings, sample);
  const names = [...new Set(standing.map(({ name }) => name))];
  const ends = endsOf(meanings, names);
  const { expectedClose, closed } = meanings;
  const dates = valuesOf(rows, [created, since, ...entries, expectedClose, closed]);
  const mapping: DealListFile = {
    ...{ format: 'deals', file, columns },
    entered: Object.fromEntries(entries.map((column) => [column, keys.get(stageEntered(column)) ?? ''])),
    ...standsIn(meanings, keys, names),
    ...ends,
    ...{ currency: wishes.currency, timeZone: wishes.timeZone, dateOrder: dateOrderOf(dates, wishes.timeZone) },
    decimalSign: decimalSignOf(valuesOf(rows, [amount]), wishes.currency),
    ids: idsOf(valuesOf(rows, [columns.deal, columns.owner])),
    defaults: { amount: '0' },
    funnel: { id: wishes.funnelId ?? 'deals', label: 'Imported deals', stages },
  };
  return { kind: 'deals', mapping, notes: [...gaps(meanings, ends), ...notes] };
};

const gaps = (meanings: Meanings, { won, lost }: Pick<DealListFile, 'won' | 'lost'>): Note[] => [
  ...(meanings.deal ? [] : [note('titles-for-ids')]),
  ...(meanings.stage && !meanings.since ? [note('no-since')] : []),
  ...(won ? [] : [note('no-won')]),
  ...(lost ? [] : [note('no-lost')]),
];

const isOnePerDeal = ({ rows }: Sample, { deal, title, created }: Meanings): boolean => {
  const ids = valuesOf(rows, [deal ?? title]);
  return created !== undefined && ids.length > 0 && new Set(ids).size === ids.length;
};

/** A list with one row per deal and at least the date on which it was created. */
export const dealLists: Recogniser = (samples, wishes) => {
  const [sample] = samples;
  const meanings = meaningsOf(sample?.header ?? []);
  if (!sample || samples.length > 1 || !isOnePerDeal(sample, meanings)) return undefined;
  const proposal = mappingOf(sample, meanings, wishes);
  return proposal.mapping?.funnel.stages.length ? proposal : undefined;
};
