import { readTime, type DateReading } from '../dates.ts';
import type { MappingFile } from '../mapping.ts';
import { meaningsOf, type Meaning } from './columns-by-name.ts';
import { dateOrderOf, decimalSignOf, idsOf, present, valuesOf } from './look.ts';
import { note } from './notes.ts';
import type { Recogniser, Sample } from './proposal.ts';
import { endByName, stagesOf, type Standing } from './stages.ts';

type Meanings = Partial<Record<Meaning, string>>;
const mostStages = 50;

interface Log {
  readonly sample: Sample;
  readonly meanings: Meanings;
  readonly deal: string;
  readonly time: string;
  readonly activity: string;
}

const logIn = (sample: Sample): Log | undefined => {
  const meanings = meaningsOf(sample.header);
  const { deal, stage } = meanings;
  const time = meanings.time ?? meanings.created;
  const activity = meanings.activity ?? stage;
  return deal && time && activity ? { sample, meanings, deal, time, activity } : undefined;
};

const standingsOf = ({ sample, deal, time, activity }: Log, dates: DateReading): Standing[] =>
  sample.rows.flatMap((row) => {
    const name = row[activity]?.trim();
    return name ? [{ name, deal: row[deal], at: readTime(row[time]?.trim() ?? '', dates), ends: endByName(name) }] : [];
  });

/** A log of what happened, or of where deals stood: every name in it is proposed as a stage, or as an end. */
export const eventLogs: Recogniser = (samples, wishes) => {
  const log = samples.map(logIn).find(Boolean);
  if (!log) return undefined;
  const { sample, meanings, deal, time, activity } = log;
  const { rows, name: file } = sample;
  const dateOrder = dateOrderOf(valuesOf(rows, [time]), wishes.timeZone);
  const { stages, states, notes } = stagesOf(standingsOf(log, { timeZone: wishes.timeZone, dateOrder }));
  if (stages.length === 0 || stages.length > mostStages) return undefined;
  const { owner, amount, currency, title, customer, region, industry, expectedClose, reason, probability } = meanings;
  const columns = {
    ...{ deal, time, activity },
    ...present({ owner, amount, currency, title, customer, region, industry, expectedClose, reason, probability }),
  };
  const mapping: MappingFile = {
    ...{ format: 'event-log', file, columns, order: 'time', dateOrder },
    ...{ currency: wishes.currency, timeZone: wishes.timeZone },
    decimalSign: decimalSignOf(valuesOf(rows, [amount]), wishes.currency),
    ids: idsOf(valuesOf(rows, [deal, owner])),
    defaults: { amount: '0' },
    funnel: { id: wishes.funnelId ?? 'imported', label: 'Imported', stages },
    states,
  };
  return { kind: 'event-log', mapping, notes: [note('all-taken-for-stages', { column: activity }), ...notes] };
};
