import type { AnswerOf, routes } from '@funnel/contracts';
import type { Command } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { getJson, query } from '../client.ts';
import { duration, percent, show, table } from '../output.ts';

type Answer<Name extends 'reportFunnel' | 'reportAging' | 'reportQuota' | 'listAlerts' | 'dealHistory'> = AnswerOf<
  (typeof routes)[Name]
>;
type Money = { readonly value: string; readonly currency: string };
interface Options {
  readonly json?: boolean;
  readonly [name: string]: string | boolean | undefined;
}

const money = (amount: Money | null): string | null => amount && `${amount.value} ${amount.currency}`;
const asked = ({ json: _, ...rest }: Options): string => query(rest);

const funnelStages = ({ stages }: Answer<'reportFunnel'>): string =>
  table(
    [
      'stage',
      'open',
      'amount',
      'weighted',
      'entered',
      'advanced',
      'conversion',
      'won',
      'median dwell',
      'p90 dwell',
      'median to next',
    ],
    stages.map((stage) => [
      stage.label,
      stage.openCount,
      stage.openAmount.value,
      stage.weightedAmount.value,
      stage.entered,
      stage.advanced,
      percent(stage.conversion),
      stage.reachedWon,
      duration(stage.dwell.medianSeconds),
      duration(stage.dwell.p90Seconds),
      duration(stage.timeToNext.medianSeconds),
    ]),
  );

const funnelTotals = ({ totals, conversion, winRate, cycle, velocity }: Answer<'reportFunnel'>): string =>
  table(
    ['total', 'count', 'amount'],
    [
      ['added', totals.dealCount, money(totals.dealAmount)],
      ['open', totals.openCount, money(totals.openAmount)],
      ['open, weighted', '', money(totals.weightedAmount)],
      ['won', totals.wonCount, money(totals.wonAmount)],
      ['lost', totals.lostCount, money(totals.lostAmount)],
      ['added → won', `${conversion.won} of ${conversion.entered}`, percent(conversion.rate)],
      ['win rate, by count · by amount', percent(winRate.byCount), percent(winRate.byAmount)],
      ['median cycle', '', duration(cycle.medianSeconds)],
      ['velocity per day', '', money(velocity.amountPerDay)],
    ],
  );

const funnelActivity = ({ activity }: Answer<'reportFunnel'>): string =>
  table(
    ['event', 'count'],
    [
      ...Object.entries(activity.events),
      ['· OwnerReassigned, first owner', activity.assigned],
      ['· OwnerReassigned, change of owner', activity.changed],
    ],
  );

const funnelReport = (report: Answer<'reportFunnel'>): string =>
  [
    `${report.label}, as of ${report.asOf}, amounts in ${report.currency}`,
    funnelStages(report),
    funnelTotals(report),
    funnelActivity(report),
  ].join('\n');

const agingReport = ({ items, stages, totals, next }: Answer<'reportAging'>): string => {
  const perStage = stages.map(({ label, count, amounts, states }) => {
    return [label, count, amounts.map(money).join(' + '), states.ok, states.due, states.over, states.stale];
  });
  const deals = items.map((deal) => {
    return [
      deal.id,
      deal.stage,
      deal.ownerId,
      money(deal.amount),
      duration(deal.dwellSeconds),
      duration(deal.limitSeconds),
      deal.state,
    ];
  });
  const more = next ? `\n… ${items.length} of ${totals.count} deals; --limit and --cursor ${next} show more` : '';
  return [
    table(['stage', 'open', 'amount', 'ok', 'due', 'over', 'stale'], perStage),
    table(['deal', 'stage', 'owner', 'amount', 'dwell', 'limit', 'state'], deals) + more,
  ].join('\n');
};

type QuotaFigures = Pick<
  Answer<'reportQuota'>,
  'quota' | 'won' | 'wonCount' | 'attainment' | 'gap' | 'weightedOpen' | 'coverage'
>;
const quotaReport = (report: Answer<'reportQuota'>): string => {
  const line = (name: string, figures: QuotaFigures) => [
    name,
    money(figures.quota),
    money(figures.won),
    figures.wonCount,
    percent(figures.attainment),
    money(figures.gap),
    money(figures.weightedOpen),
    percent(figures.coverage),
  ];
  const rows = [line(report.subject, report), ...report.members.map((member) => line(`· ${member.name}`, member))];
  const head = ['subject', 'quota', 'won', 'deals', 'attainment', 'gap', 'weighted open', 'coverage'];
  return `${report.period}, as of ${report.asOf}\n${table(head, rows)}`;
};

const alertList = ({ items, next }: Answer<'listAlerts'>): string => {
  const rows = items.map((alert) => [
    alert.id,
    alert.status,
    alert.stage,
    alert.ownerId,
    alert.since,
    alert.questions.join(' '),
  ]);
  return (
    table(['alert', 'status', 'stage', 'owner', 'since', 'ask'], rows) + (next ? `\n… --cursor ${next} shows more` : '')
  );
};

const history = ({ items, next }: Answer<'dealHistory'>): string => {
  const rows = items.map(({ revision, occurredAt, type, actor, data }) => {
    const { dealId: _, ...said } = data;
    return [revision, occurredAt, type, actor.user, JSON.stringify(said)];
  });
  return table(['#', 'when', 'what', 'who', 'details'], rows) + (next ? `\n… --cursor ${next} shows more` : '');
};

const addFunnelReport = (program: Command): void => {
  program
    .command('report <funnel>')
    .description('a funnel: what stands where, conversion, dwell, win rate, velocity')
    .option('--as-of <instant>', 'as it was then')
    .option('--from <instant>', 'period of what happened: from')
    .option('--to <instant>', 'period of what happened: until before')
    .option('--owner <id>')
    .option('--team <id>')
    .option('--region <name>')
    .option('--json', 'answer as JSON')
    .action(async (id: string, { json, ...options }: Options) => {
      const path = `/funnels/${encodeURIComponent(id)}/report${asked(options)}`;
      show(json, await getJson<Answer<'reportFunnel'>>(path), funnelReport);
    });
};

const addAging = (program: Command): void => {
  program
    .command('aging')
    .description('open deals by how long they have stood in their stage')
    .option('--funnel <id>')
    .option('--as-of <instant>', 'as it was then')
    .option('--owner <id>')
    .option('--team <id>')
    .option('--state <state>', 'ok, due, over or stale')
    .option('--limit <n>', 'deals a page')
    .option('--cursor <text>', 'the page after')
    .option('--json', 'answer as JSON')
    .action(async ({ json, ...options }: Options) => {
      show(json, await getJson<Answer<'reportAging'>>(`/aging${asked(options)}`), agingReport);
    });
};

const addQuota = (program: Command): void => {
  program
    .command('quota <subject> <period>')
    .description(
      'quota, won, gap and coverage of company, team-… or rep-… in 2026, 2026-H1, 2026-Q3, 2026-07 or 2026-W30',
    )
    .option('--as-of <instant>', 'as it was then')
    .option('--json', 'answer as JSON')
    .action(async (subject: string, period: string, { json, ...options }: Options) => {
      const path = `/quotas/report${asked({ subject, period, ...options })}`;
      show(json, await getJson<Answer<'reportQuota'>>(path), quotaReport);
    });
};

/** Asks until there is something to show, or the patience is over. */
const alertsWithin = async (seconds: number, path: string): Promise<Answer<'listAlerts'>> => {
  const patient = Date.now() + seconds * 1_000;
  for (;;) {
    const answer = await getJson<Answer<'listAlerts'>>(path);
    if (answer.items.length > 0 || Date.now() >= patient) return answer;
    await pause(500);
  }
};

const addAlerts = (program: Command): void => {
  program
    .command('alerts')
    .description('what needs attention, with the questions to ask')
    .option('--status <status>', 'open, acknowledged or resolved')
    .option('--owner <id>')
    .option('--deal <id>')
    .option('--cursor <text>', 'the page after')
    .option('--wait <seconds>', 'wait so long for the first one', '0')
    .option('--json', 'answer as JSON')
    .action(async ({ json, wait, ...options }: Options) => {
      show(json, await alertsWithin(Number(wait), `/alerts${asked(options)}`), alertList);
    });
};

const addHistory = (program: Command): void => {
  program
    .command('history <deal>')
    .description('everything that ever happened to a deal')
    .option('--cursor <text>', 'the page after')
    .option('--limit <n>', 'events a page')
    .option('--json', 'answer as JSON')
    .action(async (deal: string, { json, ...options }: Options) => {
      const path = `/deals/${encodeURIComponent(deal)}/history${asked(options)}`;
      show(json, await getJson<Answer<'dealHistory'>>(path), history);
    });
};

export const addReports = (program: Command): void => {
  for (const add of [addFunnelReport, addAging, addQuota, addAlerts, addHistory]) add(program);
};
