import type { AnswerOf, routes } from '@funnel/contracts';
import type { Command } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { getJson } from '../client.ts';
import { readWhole } from '../numbers.ts';
import { duration, money, percent, show, table } from '../output.ts';
import { asked, moment, past, type Options } from './asked.ts';

type Answer<Name extends 'reportFunnel' | 'reportAging' | 'reportQuota' | 'listAlerts'> = AnswerOf<
  (typeof routes)[Name]
>;

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
    `${report.label}, ${moment(report)}, amounts in ${report.currency}`,
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
  return `${report.period}, ${moment(report)}\n${table(head, rows)}`;
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

const addFunnelReport = (program: Command): void => {
  past(program.command('report <funnel>'))
    .description('a funnel: what stands where, conversion, dwell, win rate, velocity')
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
  past(program.command('aging'))
    .description('open deals by how long they have stood in their stage')
    .option('--funnel <id>')
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
  past(program.command('quota <subject> <period>'))
    .description(
      'quota, won, gap and coverage of company, team-… or rep-… in 2026, 2026-H1, 2026-Q3, 2026-07 or 2026-W30',
    )
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
  past(program.command('alerts'))
    .description('what needs attention, with the questions to ask')
    .option('--status <status>', 'open, acknowledged or resolved')
    .option('--owner <id>')
    .option('--deal <id>')
    .option('--cursor <text>', 'the page after')
    .option('--wait <seconds>', 'wait so long for the first one', readWhole, 0)
    .option('--json', 'answer as JSON')
    .action(async ({ json, wait, ...options }: Options) => {
      show(json, await alertsWithin(Number(wait), `/alerts${asked(options)}`), alertList);
    });
};

export const addReports = (program: Command): void => {
  for (const add of [addFunnelReport, addAging, addQuota, addAlerts]) add(program);
};
