import type { AnswerOf, routes } from '@funnel/contracts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { sendJson } from '../client.ts';
import { horizonOption } from '../horizon.ts';
import { readWhole } from '../numbers.ts';
import { percent, show, table } from '../output.ts';
import { waiting } from '../waiting.ts';

type Calibration = AnswerOf<(typeof routes)['calibrate']>;
type Adopted = AnswerOf<(typeof routes)['adoptCalibration']>;

interface Options {
  readonly from: string;
  readonly to: string;
  readonly every: string;
  readonly split: string;
  readonly gap: number;
  readonly horizon: number | null;
  readonly ageDays?: readonly number[];
  readonly segment?: string;
  readonly adopt?: string;
  readonly least: number;
  readonly json?: boolean;
}

const interval = (found: { readonly low: number; readonly high: number } | null): string | null =>
  found && `${percent(found.low)} – ${percent(found.high)}`;

/** `30,90` */
const readDays = (text: string): number[] =>
  text.split(',').map((part) => {
    if (/^ *\d{1,4} *$/.test(part)) return Number(part);
    throw new InvalidArgumentError('Expected days with commas between, such as 30,90.');
  });

const scored = { asItWas: 'as it was', byCount: 'by count', byAmount: 'by amount' } as const;

const scoreRow = (name: string, { brier, wape, bias }: Calibration['judged']['asItWas']) => [
  ...[name, brier?.toFixed(6) ?? null, percent(wape), percent(bias)],
];

const daysOf = ({ fromDays, untilDays }: { readonly fromDays: number; readonly untilDays: number | null }): string =>
  untilDays === null ? `${fromDays} and more` : `${fromDays} – ${untilDays}`;

const cellTable = ({ cells }: NonNullable<Calibration['refined']>): string =>
  table(
    ['stage', 'days in it', 'of', 'deals', 'counted', 'won', 'by count', '95 % of it', 'believed', 'weight'],
    cells.map((cell) => [
      ...[cell.stage, daysOf(cell), cell.segment ?? 'none', cell.deals, cell.count, cell.wins],
      ...[percent(cell.byCount, 2), interval(cell.interval), percent(cell.credibility, 0), percent(cell.weight, 2)],
    ]),
  );

const readable = ({ learntOn, judgedOn, stages, judged, refined, digest }: Calibration): string => {
  const learnt = stages.map((stage) => [
    ...[stage.stage, stage.deals, stage.count, stage.wins, percent(stage.weight)],
    ...[percent(stage.byCount), interval(stage.interval), percent(stage.byAmount)],
  ]);
  const scores = Object.entries(scored).map(([key, name]) => scoreRow(name, judged[key as keyof typeof scored]));
  return [
    `learnt on ${learntOn.length} period ends, judged on ${judgedOn.length} later ones`,
    table(['stage', 'deals', 'counted', 'won', 'weight was', 'by count', '95 % of it', 'by amount'], learnt),
    ...(refined ? [cellTable(refined)] : []),
    table(
      ['weights', 'Brier score', 'WAPE', 'bias'],
      [...scores, ...(refined ? [scoreRow('refined', refined.judged)] : [])],
    ),
    `digest ${digest}`,
  ].join('\n');
};

const readableAdoption = ({ id, revision, basis, stages }: Adopted): string => {
  const rows = stages.map(({ stage, before, after, deals, adopted }) => {
    return [stage, percent(before, 2), percent(after, 2), deals, adopted ? 'adopted' : 'kept: too few deals'];
  });
  return [
    `funnel ${id} weighs by ${basis} now, revision ${revision}`,
    table(['stage', 'before', 'after', 'deals', ''], rows),
  ].join('\n');
};

export const addCalibrate = (program: Command): void => {
  program
    .command('calibrate <funnel>')
    .description('what the weights should have been by what was won, learnt before a date and judged after it')
    .requiredOption('--from <date>', 'in the first period')
    .requiredOption('--to <date>', 'in the last period')
    .requiredOption('--split <date>', 'learn up to this day, judge after it')
    .addOption(new Option('--every <period>').choices(['day', 'week', 'month', 'quarter']).default('month'))
    .option('--gap <days>', 'judge only after so many more days', readWhole, 0)
    .addOption(horizonOption())
    .option('--age-days <days,…>', 'tell apart how long deals have stood in a stage: 30,90', readDays)
    .addOption(
      new Option('--segment <what>', 'tell apart whose deals they were, or of what customers').choices([
        ...['owner', 'team', 'region', 'industry'],
      ]),
    )
    .option('--known-at <instant>', 'only what was recorded by then')
    .addOption(new Option('--adopt <basis>', 'revise the funnel with these weights').choices(['count', 'amount']))
    .option('--least <n>', 'adopt the weight of a stage in which so many different deals stood', readWhole, 30)
    .option('--json', 'answer as JSON')
    .action(
      async (funnelId: string, { json, horizon: horizonDays, gap: gapDays, adopt: basis, least, ...said }: Options) => {
        const asked = { ...said, funnelId, horizonDays, gapDays };
        const found = await waiting('learning from history', sendJson<Calibration>('POST', '/calibrations', asked));
        if (basis === undefined) return show(json, found, readable);
        const body = { ...asked, digest: found.digest, basis, least };
        const adopted = await sendJson<Adopted>('POST', '/calibrations/adopt', body);
        show(json, { ...found, adopted }, (both) => `${readable(both)}\n${readableAdoption(adopted)}`);
      },
    );
};
