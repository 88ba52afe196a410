import { readTime } from '../dates.ts';
import type { SourceFile } from '../event-log.ts';
import type { MappingFile } from '../mapping.ts';
import type { Row } from '../reader.ts';
import { dateOrderOf, present, valuesOf } from './look.ts';
import { note, type Note } from './notes.ts';
import type { Proposal, Recogniser, Sample, Wishes } from './proposal.ts';
import { endByName, stagesOf, type Standing } from './stages.ts';

/** The objects of a Salesforce export that tell about deals, known by the columns that they must have. */
const objects = {
  history: ['OpportunityId', 'StageName', 'CreatedDate'],
  fieldHistory: ['OpportunityId', 'Field', 'NewValue', 'CreatedDate'],
  opportunity: ['Id', 'StageName', 'CloseDate', 'Name'],
  user: ['Id', 'Username'],
  account: ['Id', 'Name'],
} as const;
type Kind = keyof typeof objects;
type Found = Partial<Record<Kind, Sample>>;

const isA = (kind: Kind, { header }: Sample): boolean => objects[kind].every((column) => header.includes(column));

const find = (samples: readonly Sample[]): Found => {
  const found: Found = {};
  for (const sample of samples) {
    const kind = (Object.keys(objects) as Kind[]).find((each) => isA(each, sample));
    if (kind) found[kind] ??= sample;
  }
  return found;
};

/** A field that companies add by themselves, under names such as these. */
const lossReason = /^((loss|lost)_?reason|reason_?(for_?)?(loss|lost))(__c)?$/i;
const notDeleted = ['', 'false', 'FALSE', 'False', '0'];
const has = (sample: Sample | undefined, column: string): string | undefined =>
  sample?.header.includes(column) ? column : undefined;

/** A column of the opportunity, or of what it refers to, as it is named from a history's row. */
const lookUp = ({ opportunity, account, user }: Found, fromHistory: boolean) => {
  const front = fromHistory ? 'Opportunity.' : '';
  const of = (sample: Sample | undefined, prefix: string, columns: readonly string[]): string | undefined => {
    const column = columns.find((each) => has(sample, each));
    return column && `${prefix}${column}`;
  };
  return {
    title: of(opportunity, front, ['Name']),
    customer: of(account, 'Account.', ['Name']) ?? of(opportunity, front, ['Account.Name']),
    region: of(account, 'Account.', ['BillingState', 'BillingCountry', 'BillingCity']),
    industry: of(account, 'Account.', ['Industry']),
    source: of(opportunity, front, ['LeadSource']),
    owner: of(user, 'Owner.', ['Username']) ?? of(opportunity, front, ['OwnerId']),
    currency: of(opportunity, front, ['CurrencyIsoCode']),
    reason: of(opportunity, front, opportunity?.header.filter((column) => lossReason.test(column)) ?? []),
    deleted: of(opportunity, front, ['IsDeleted']),
  };
};

const joinsOf = ({ opportunity, account, user, ...found }: Found): MappingFile['joins'] => {
  const fromHistory = found.history !== undefined || found.fieldHistory !== undefined;
  const join = (sample: Sample | undefined, as: string, column: string | string[]) =>
    sample ? [{ file: sample.name, as, on: { column, equals: 'Id' } }] : [];
  /** From the opportunity itself, or from a row of its history. */
  const either = (column: string) => (fromHistory ? [column, `Opportunity.${column}`] : column);
  return [
    ...(fromHistory ? join(opportunity, 'Opportunity', 'OpportunityId') : []),
    ...(has(opportunity, 'AccountId') ? join(account, 'Account', either('AccountId')) : []),
    ...(has(opportunity, 'OwnerId') ? join(user, 'Owner', either('OwnerId')) : []),
  ];
};

const condition = (columns: Readonly<Record<string, string | readonly string[] | undefined>>): SourceFile['where'] => {
  const given = Object.entries(columns).filter(([column, value]) => column !== '' && value !== undefined);
  return given.length > 0 ? (Object.fromEntries(given) as SourceFile['where']) : undefined;
};

const isStanding = { amount: 'Amount', expectedClose: 'CloseDate', probability: 'Probability' } as const;
const standingColumns = (sample: Sample) =>
  Object.fromEntries(Object.entries(isStanding).filter(([, column]) => has(sample, column)));

/** Each row: how the opportunity stood from then on. */
const historySource = (found: Found, history: Sample): SourceFile => {
  const { deleted, ...looked } = lookUp(found, true);
  const owner = looked.owner ?? has(history, 'CreatedById');
  const columns = {
    ...{ deal: 'OpportunityId', time: 'CreatedDate', activity: 'StageName' },
    ...present({
      ...looked,
      owner,
      currency: has(history, 'CurrencyIsoCode') ?? looked.currency,
      row: has(history, 'Id'),
    }),
    ...standingColumns(history),
  };
  const own = has(history, 'IsDeleted');
  return { file: history.name, where: condition({ [own ?? '']: notDeleted, [deleted ?? '']: notDeleted }), columns };
};

/** How the opportunity stands now: also for those without history, and for what changed since without a row of it. */
const presentSource = (found: Found, opportunity: Sample): SourceFile[] => {
  const time = ['LastModifiedDate', 'SystemModstamp', 'CreatedDate'].find((column) => has(opportunity, column));
  if (time === undefined) return [];
  const { deleted, ...looked } = lookUp(found, false);
  const columns = { deal: 'Id', time, activity: 'StageName', ...present(looked), ...standingColumns(opportunity) };
  return [{ file: opportunity.name, where: condition({ [deleted ?? '']: notDeleted }), columns }];
};

/** Never the name of a stage. */
const created = '+';

/** Each row: one field that was changed, or that the opportunity was created. */
const fieldSources = (found: Found, history: Sample): SourceFile[] => {
  const { deleted, owner: _, ...looked } = lookUp(found, true);
  const fields = { StageName: 'activity', Amount: 'amount', CloseDate: 'expectedClose' } as const;
  const isDeleted = has(history, 'IsDeleted');
  const rows = (field: string, columns: SourceFile['columns']): SourceFile => ({
    file: history.name,
    where: condition({ Field: field, [isDeleted ?? '']: notDeleted, [deleted ?? '']: notDeleted }),
    columns: {
      ...{ deal: 'OpportunityId', time: 'CreatedDate', ...columns },
      ...present({ ...looked, row: has(history, 'Id') }),
    },
  });
  return [
    { ...rows('created', {}), set: { activity: created } },
    ...Object.entries(fields).map(([field, role]) => rows(field, { [role]: 'NewValue' })),
  ];
};

const percentOf = (row: Row): number | undefined =>
  row['Probability']?.trim() ? Number(row['Probability'].trim()) : undefined;

/** By the flags of the opportunities, else by forecast category, else by name. */
const endOf = (row: Row): 'won' | 'lost' | undefined => {
  const flag = (column: string) => row[column]?.trim().toLowerCase();
  if (flag('IsClosed') === 'false') return undefined;
  if (flag('IsClosed') === 'true') return flag('IsWon') === 'true' ? 'won' : 'lost';
  const category = flag('ForecastCategory');
  if (category === 'closed') return 'won';
  if (category === 'omitted' && percentOf(row) === 0) return 'lost';
  return category === undefined ? endByName(row['StageName'] ?? '') : undefined;
};

/** A change of stage tells where the opportunity stood before it, too. */
const bothStages = (row: Row): Row[] =>
  ['OldValue', 'NewValue'].map((column) => ({ ...row, StageName: row[column] ?? '' }));

const standingsOf = ({ history, opportunity, fieldHistory }: Found, wishes: Wishes): Standing[] => {
  const dateOrder = dateOrderIn({ history, opportunity, fieldHistory }, wishes);
  const standing = (deal: string) => (row: Row) => ({
    ...{ name: row['StageName']?.trim() ?? '', deal: row[deal], probability: percentOf(row), ends: endOf(row) },
    at: readTime(row['CreatedDate']?.trim() ?? '', { dateOrder, timeZone: wishes.timeZone }),
  });
  const changes = (fieldHistory?.rows ?? []).filter((row) => row['Field'] === 'StageName');
  return [
    ...(history?.rows ?? []).map(standing('OpportunityId')),
    ...(opportunity?.rows ?? []).map(standing('Id')).map((each) => ({ ...each, at: undefined })),
    ...changes.flatMap(bothStages).map(standing('OpportunityId')),
  ].filter(({ name }) => name !== '');
};

const dateOrderIn = (found: Found, { timeZone }: Wishes) => {
  const samples = [found.history, found.fieldHistory, found.opportunity].flatMap((each) => each?.rows ?? []);
  return dateOrderOf(valuesOf(samples, ['CreatedDate', 'CloseDate', 'LastModifiedDate']), timeZone);
};

const sourcesOf = (found: Found): SourceFile[] => {
  const { history, fieldHistory, opportunity } = found;
  return [
    ...(history ? [historySource(found, history)] : fieldHistory ? fieldSources(found, fieldHistory) : []),
    ...(opportunity ? presentSource(found, opportunity) : []),
  ];
};

const notesOf = ({ history, fieldHistory, opportunity, account }: Found, sources: readonly SourceFile[]): Note[] => [
  ...(history || fieldHistory ? [] : [note('no-history')]),
  ...(opportunity ? [] : [note('no-opportunities')]),
  ...(account ? [] : [note('no-accounts')]),
  ...(sources.some(({ columns }) => columns.owner === 'CreatedById') ? [note('recorders-for-owners')] : []),
];

const mappingOf = (found: Found, wishes: Wishes): Proposal => {
  const sources = sourcesOf(found);
  const { stages, states, notes } = stagesOf(standingsOf(found, wishes));
  const mapping: MappingFile = {
    ...{ format: 'event-log', sources, joins: joinsOf(found), order: 'time' },
    ...{ currency: wishes.currency, timeZone: wishes.timeZone, dateOrder: dateOrderIn(found, wishes), ids: 'tidied' },
    defaults: { amount: '0' },
    funnel: { id: wishes.funnelId ?? 'salesforce', label: 'Salesforce', stages },
    states: found.history ? states : [{ when: { activity: created }, is: 'added' }, ...states],
  };
  return { kind: 'salesforce', mapping, notes: [...notesOf(found, sources), ...notes] };
};

/** Files of a Salesforce export, in the names of its own columns. */
export const salesforce: Recogniser = (samples, wishes) => {
  const found = find(samples);
  return found.history || found.fieldHistory || found.opportunity ? mappingOf(found, wishes) : undefined;
};
