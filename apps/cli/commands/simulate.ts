import type { AnswerOf, routes } from '@funnel/contracts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { sendJson } from '../client.ts';
import { fan } from '../fan.ts';
import { showByDay, type CompanyDays } from '../company-days.ts';
import { readMoney, readWhole } from '../numbers.ts';
import { percent, table } from '../output.ts';
import { waiting } from '../waiting.ts';

type Simulation = AnswerOf<(typeof routes)['simulate']>;
type Backtest = AnswerOf<(typeof routes)['backtest']>;
type Group = Simulation['groups'][number];

interface Options {
  readonly every: string;
  readonly by: string;
  readonly quota?: Readonly<Record<'subject' | 'period', string>>;
  readonly amount?: ReturnType<typeof readMoney>;
  readonly chance: number;
  readonly json?: boolean;
}

/** `company:2026-Q4` */
const readQuota = (text: string) => {
  const [, subject, period] = /^([^:]+):([^:]+)$/.exec(text) ?? [];
  if (subject === undefined || period === undefined)
    throw new InvalidArgumentError('Expected subject:period, such as company:2026-Q4 or rep-anna:2026-12.');
  return { subject, period };
};

const nameOf = ({ key }: Group): string => key ?? 'nobody';

const periodRows = (group: Group, days: CompanyDays) =>
  group.periods.map(({ until, won, wonCount, open, openCount }) => [
    ...[nameOf(group), days.of(until), won.p10.value, won.p50.value, won.p90.value],
    ...[`${wonCount.p10} – ${wonCount.p90}`, open.mean.value, openCount.mean.toFixed(1)],
  ]);

/** What is won from now on, as a band that grows: its edges are P10 and P90, its middle is P50. */
const fanRows = (groups: readonly Group[], days: CompanyDays): string[] =>
  groups.flatMap((group) => [
    `won since then, ${nameOf(group)}`,
    ...fan(
      group.periods.map(({ until, wonToDate: { p10, p50, p90 } }) => {
        return {
          label: days.of(until),
          low: Number(p10.value),
          middle: Number(p50.value),
          high: Number(p90.value),
        };
      }),
    ),
  ]);

const learntRows = ({ learnt }: Simulation) =>
  learnt.map(({ stage, visits, ended, exits }) => [
    ...[stage, visits, ended],
    exits.map(({ to, share }) => `${to} ${percent(share, 1)}`).join(', '),
  ]);

const inflowLine = ({ inflow }: Simulation): string =>
  inflow === null
    ? 'nothing new is added'
    : `prospects come as in the latest ${inflow.weeks} weeks, when ${inflow.arrivals} came`;

const targetLines = ({ target }: Simulation): string[] => {
  if (!target) return [];
  const { subject, period, toWin, missing, reached, needed, chance, most } = target;
  const add =
    needed === null
      ? `it cannot be reached in time even with ${most} new prospects`
      : `${needed} new prospects now reach it in ${chance} of 100 futures`;
  return [
    `${subject} ${period}: ${missing.value} of ${toWin.value} ${toWin.currency} are missing; ${percent(reached, 1)} of the futures reach it; ${add}`,
  ];
};

const readableBacktest = ({ runs, coverage, cases, digest }: Backtest, days: CompanyDays): string => {
  const rows = cases.map(({ asOf, until, won: { p10, p50, p90, actual, inside } }) => {
    return [days.of(asOf), days.of(until), p10.value, p50.value, p90.value, actual.value, inside ? 'yes' : 'no'];
  });
  return [
    table(['seen from', 'until', 'won P10', 'P50', 'P90', 'came', 'inside'], rows),
    `P10–P90 held ${percent(coverage.won, 1) ?? '–'} of the amounts and ${percent(coverage.wonCount, 1) ?? '–'} of the numbers of deals; 80 % are promised (${runs} futures each)`,
    `digest ${digest}`,
  ].join('\n');
};

const readable = (simulation: Simulation, days: CompanyDays): string => {
  const { asOf, runs, seed, groups, digest } = simulation;
  const currency = groups[0]?.amount.currency ?? '';
  return [
    `as of ${asOf}: ${runs} futures, seed ${seed}; ${inflowLine(simulation)}`,
    table(['stage', 'visits', 'ended', 'leads to'], learntRows(simulation)),
    table(
      ['group', 'until', `won P10 ${currency}`, 'P50', 'P90', 'deals', 'open then, mean', 'deals, mean'],
      groups.flatMap((group) => periodRows(group, days)),
    ),
    ...fanRows(groups.slice(0, 1), days),
    ...targetLines(simulation),
    `digest ${digest}`,
  ].join('\n');
};

export const addSimulate = (program: Command): void => {
  program
    .command('simulate <funnel>')
    .description('what the coming periods may bring, drawn many times from what deals did so far')
    .addOption(new Option('--every <period>').choices(['day', 'week', 'month', 'quarter']).default('month'))
    .option('--periods <n>', 'how many, the running one included', readWhole, 6)
    .addOption(new Option('--by <group>').choices(['total', 'owner', 'team']).default('total'))
    .addOption(
      new Option('--inflow <how>', 'whether prospects go on coming').choices(['present', 'none']).default('present'),
    )
    .option('--inflow-weeks <n>', 'learn the inflow from so many of the latest weeks', readWhole, 13)
    .option('--runs <n>', 'how many futures', readWhole, 1_000)
    .option('--seed <n>', 'which futures', readWhole, 1)
    .option('--as-of <instant>', 'from then on; now when absent')
    .option('--known-at <instant>', 'only what was recorded by then')
    .option('--quota <subject:period>', 'what must be added now to reach it: company:2026-Q4', readQuota)
    .option('--amount <money>', 'to be won in that period instead of its quota: 5000000CNY', readMoney)
    .option('--chance <n>', 'reach it in so many of 100 futures', readWhole, 50)
    .option('--json', 'answer as JSON')
    .action(async (funnelId: string, { json, quota, amount, chance, ...asked }: Options) => {
      if (amount && !quota) program.error('error: --amount needs --quota, which tells whose and when');
      const target = quota && { ...quota, amount, chance };
      const drawn = sendJson<Simulation>('POST', '/simulations', { ...asked, funnelId, target });
      await showByDay(json, await waiting('futures are being drawn', drawn), readable);
    });
};

export const addBacktest = (program: Command): void => {
  program
    .command('backtest <funnel>')
    .description('whether simulations can be believed: made from instants in the past and compared with what came')
    .requiredOption('--from <date>', 'in the first period at whose end to simulate')
    .requiredOption('--to <date>', 'in the last one')
    .addOption(new Option('--every <period>').choices(['day', 'week', 'month', 'quarter']).default('month'))
    .option('--ahead <n>', 'how many periods after each', readWhole, 3)
    .addOption(
      new Option('--known <when>', 'look only at what was recorded by then').choices(['now', 'then']).default('now'),
    )
    .option('--inflow-weeks <n>', 'learn the inflow from so many of the latest weeks', readWhole, 13)
    .option('--runs <n>', 'how many futures', readWhole, 1_000)
    .option('--seed <n>', 'which futures', readWhole, 1)
    .option('--json', 'answer as JSON')
    .action(async (funnelId: string, { json, ...asked }: { readonly json?: boolean }) => {
      const tested = sendJson<Backtest>('POST', '/simulations/backtest', { ...asked, funnelId });
      const answer = await waiting('futures are being drawn from one instant after another', tested);
      await showByDay(json, answer, readableBacktest);
    });
};
