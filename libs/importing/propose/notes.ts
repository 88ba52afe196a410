/** What is said of a proposal, in English, by its code; others say it in their own language, by the code and what it names. */
const sentences = {
  'brings-mapping': () => 'The file brings its mapping along.',
  'all-taken-for-stages': ({ column }: { column: string }) =>
    `Every "${column}" is taken for a stage; leave out those that are none.`,
  'even-weights': () => 'The files tell no probabilities: weights are spread evenly.',
  'titles-for-ids': () => 'No column names the deals: their titles are taken for it.',
  'no-since': () => 'No column tells since when a deal stands in its stage.',
  'no-won': () => 'No column tells when a deal was won.',
  'no-lost': () => 'No column tells when a deal was lost.',
  'no-history': () => 'There is no OpportunityHistory: each deal shows only how it stands now.',
  'no-opportunities': () => 'There is no Opportunity file: deals have no names, and those without history are missing.',
  'no-accounts': () => 'There is no Account file: customers are named after their deals.',
  'recorders-for-owners': () => 'The files name no owner: whoever recorded a step is taken for the owner.',
  'no-salesforce': ({ found }: Found) =>
    `Not salesforce: expected OpportunityHistory (OpportunityId, StageName, CreatedDate …), Opportunity and Account; found ${found}.`,
  'no-deals': ({ found }: Found) =>
    'Not deals: expected one row per deal with its id, the date on which it was created, and dates or names of its ' +
    `stages; found ${found}.`,
  'no-event-log': ({ found }: Found) =>
    `Not event-log: expected rows with the id of a deal, a time, and an activity or stage; found ${found}.`,
};
interface Found {
  /** The columns of each file. */
  readonly found: string;
}
type Sentences = typeof sentences;

export type NoteCode = keyof Sentences;

/** What was guessed, or why nothing is proposed. */
export interface Note {
  readonly code: NoteCode;
  /** What the text names. */
  readonly details: Readonly<Record<string, string>>;
  /** In English. */
  readonly text: string;
}

export const note = <Code extends NoteCode>(code: Code, ...[named]: Parameters<Sentences[Code]>): Note => {
  const details: Record<string, string> = { ...named };
  const say = sentences[code] as (details: Record<string, string>) => string;
  return { code, details, text: say(details) };
};
