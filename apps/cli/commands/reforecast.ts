import type { AnswerOf, routes } from '@funnel/contracts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { sendJson } from '../client.ts';
import { horizonOption } from '../horizon.ts';
import { percent, show, table } from '../output.ts';
import { sparkline } from '../sparkline.ts';

type Reforecast = AnswerOf<(typeof routes)['reforecast']>;

interface Options {
  readonly from: string;
  readonly to: string;
  readonly every: string;
  readonly by: string;
  readonly weights?: Readonly<Record<string, number>>;
  readonly horizon: number | null;
  readonly nextStepRule?: 'on' | 'off';
  readonly dropOverrides?: boolean;
  readonly json?: boolean;
}

/** `lead=0.1,need=0.4` */
const readWeights = (text: string): Record<string, number> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [, stage, weight] = /^([^=]+)=(\d*\.?\d+)$/.exec(part.trim()) ?? [];
      if (stage === undefined) throw new InvalidArgumentError('Expected stage=weight, such as lead=0.1,need=0.4.');
      return [stage, Number(weight)];
    }),
  );

const valueOf = ({ value }: { readonly value: string }): number => Number(value);

/** One line for each group and period end, and the course of all periods in small. */
const readable = ({ periods, accuracy, digest }: Reforecast): string => {
  const rows = periods.flatMap(({ at, groups }) =>
    groups.map(({ key, count, amount, forecast, realized }) => {
      return [at, key, count, amount.value, forecast.value, realized.value];
    }),
  );
  const course = (name: 'forecast' | 'realized') =>
    sparkline(periods.map(({ groups }) => groups.reduce((sum, group) => sum + valueOf(group[name]), 0)));
  const currency = periods.flatMap(({ groups }) => groups)[0]?.amount.currency;
  return [
    table(['period end', 'group', 'open', currency ? `amount ${currency}` : 'amount', 'forecast', 'realized'], rows),
    `forecast ${course('forecast')}`,
    `realized ${course('realized')}`,
    `WAPE ${percent(accuracy.wape) ?? '–'} · bias ${percent(accuracy.bias) ?? '–'}`,
    `digest ${digest}`,
  ].join('\n');
};

export const addReforecast = (program: Command): void => {
  program
    .command('reforecast <funnel>')
    .description('what the forecast would have been at each period end under other weights, and what came')
    .requiredOption('--from <date>', 'in the first period')
    .requiredOption('--to <date>', 'in the last period')
    .addOption(new Option('--every <period>').choices(['day', 'week', 'month', 'quarter']).default('month'))
    .addOption(new Option('--by <group>').choices(['total', 'owner', 'team', 'region', 'stage']).default('total'))
    .option('--weights <stage=weight,…>', 'other weights; the others stay as they were', readWeights)
    .addOption(horizonOption())
    .addOption(new Option('--next-step-rule <on|off>', 'as the funnel had it when absent').choices(['on', 'off']))
    .option('--drop-overrides', 'weights of single deals do not count')
    .option('--known-at <instant>', 'only what was recorded by then')
    .option('--json', 'answer as JSON')
    .action(async (funnelId: string, options: Options) => {
      const { json, weights, horizon: horizonDays, nextStepRule: rule, dropOverrides, ...said } = options;
      const overrides = dropOverrides ? 'dropped' : 'kept';
      const nextStepRule = rule === undefined ? undefined : rule === 'on';
      const body = { ...said, funnelId, weights, horizonDays, nextStepRule, overrides };
      show(json, await sendJson<Reforecast>('POST', '/reforecasts', body), readable);
    });
};
