import type { AnswerOf, routes } from '@funnel/contracts';
import { Option, type Command } from 'commander';
import { sendJson } from '../client.ts';
import { horizonOption } from '../horizon.ts';
import { percent, show, table } from '../output.ts';

type Calibration = AnswerOf<(typeof routes)['calibrate']>;

interface Options {
  readonly from: string;
  readonly to: string;
  readonly every: string;
  readonly split: string;
  readonly horizon: number | null;
  readonly json?: boolean;
}

const interval = (found: { readonly low: number; readonly high: number } | null): string | null =>
  found && `${percent(found.low)} – ${percent(found.high)}`;

const readable = ({ learntOn, judgedOn, stages, judged, digest }: Calibration): string => {
  const learnt = stages.map((stage) => [
    ...[stage.stage, stage.count, stage.wins, percent(stage.weight)],
    ...[percent(stage.byCount), interval(stage.interval), percent(stage.byAmount)],
  ]);
  const scores = Object.entries(judged).map(([name, { brier, wape, bias }]) => {
    return [name, brier?.toFixed(6) ?? null, percent(wape), percent(bias)];
  });
  return [
    `learnt on ${learntOn.length} period ends, judged on ${judgedOn.length} later ones`,
    table(['stage', 'deals', 'won', 'weight was', 'by count', '95 % of it', 'by amount'], learnt),
    table(['weights', 'Brier score', 'WAPE', 'bias'], scores),
    `digest ${digest}`,
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
    .addOption(horizonOption())
    .option('--known-at <instant>', 'only what was recorded by then')
    .option('--json', 'answer as JSON')
    .action(async (funnelId: string, { json, horizon: horizonDays, ...said }: Options) => {
      show(json, await sendJson<Calibration>('POST', '/calibrations', { ...said, funnelId, horizonDays }), readable);
    });
};
