import type { AnswerOf, routes } from '@funnel/contracts';
import type { Command } from 'commander';
import { getJson } from '../client.ts';
import { money, show, table } from '../output.ts';
import { asked, past, type Options } from './asked.ts';

type Answer<Name extends 'listDeals' | 'showDeal' | 'dealHistory'> = AnswerOf<(typeof routes)[Name]>;

/** As much of a hash as `audit check` shows. */
const shortHash = (hash: string | undefined): string | null => hash?.slice(0, 16) ?? null;

const history = ({ items, next }: Answer<'dealHistory'>): string => {
  const hasHashes = items.some(({ hash }) => hash !== undefined);
  const rows = items.map(({ revision, occurredAt, type, actor, data, hash }) => {
    const { dealId: _, ...said } = data;
    return [revision, occurredAt, type, actor.user, ...(hasHashes ? [shortHash(hash)] : []), JSON.stringify(said)];
  });
  return (
    table(['#', 'when', 'what', 'who', ...(hasHashes ? ['hash'] : []), 'details'], rows) +
    (next ? `\n… --cursor ${next} shows more` : '')
  );
};

const dealLines = (deal: Answer<'showDeal'>): string =>
  table(
    [deal.id, deal.title],
    [
      ['customer', [deal.customer.name, deal.customer.region, deal.customer.industry].filter(Boolean).join(', ')],
      ['status', deal.status],
      ['stage', `${deal.stage} since ${deal.since}`],
      ['amount', money(deal.amount)],
      ['owner', deal.ownerId],
      ['expected close', deal.expectedClose],
      ['next step', deal.nextStepStanding === 'open' ? (deal.nextStep?.action ?? null) : deal.nextStepStanding],
      ['last contact', deal.lastContactAt],
      ['changed', deal.changedAt],
    ],
  );

const dealList = ({ items, next }: Answer<'listDeals'>): string => {
  const rows = items.map((deal) => [
    deal.id,
    deal.status,
    deal.stage,
    money(deal.amount),
    deal.ownerId,
    deal.changedAt,
  ]);
  const head = ['deal', 'status', 'stage', 'amount', 'owner', 'changed'];
  return table(head, rows) + (next ? `\n… --cursor ${next} shows more` : '');
};

const addHistory = (program: Command): void => {
  past(program.command('history <deal>'))
    .description('everything that ever happened to a deal')
    .option('--hashes', 'with the hash of each event, as a proof has it; whole with --json')
    .option('--cursor <text>', 'the page after')
    .option('--limit <n>', 'events a page')
    .option('--json', 'answer as JSON')
    .action(async (deal: string, { json, ...options }: Options) => {
      const path = `/deals/${encodeURIComponent(deal)}/history${asked(options)}`;
      show(json, await getJson<Answer<'dealHistory'>>(path), history);
    });
};

const addDeal = (program: Command): void => {
  past(program.command('deal <deal>'))
    .description('one deal, as it stands or stood')
    .option('--json', 'answer as JSON')
    .action(async (deal: string, { json, ...options }: Options) => {
      const path = `/deals/${encodeURIComponent(deal)}${asked(options)}`;
      show(json, await getJson<Answer<'showDeal'>>(path), dealLines);
    });
};

const addDeals = (program: Command): void => {
  past(program.command('deals'))
    .description('deals, as they stand or stood')
    .option('--funnel <id>')
    .option('--stage <key>')
    .option('--status <status>', 'open, won or lost')
    .option('--owner <id>')
    .option('--team <id>')
    .option('--q <words>', 'words in the id, title, customer, region or industry')
    .option('--sort <by>', 'changedAt, amount, dwell or expectedClose')
    .option('--order <direction>', 'asc or desc')
    .option('--limit <n>', 'deals a page')
    .option('--cursor <text>', 'the page after')
    .option('--json', 'answer as JSON')
    .action(async ({ json, ...options }: Options) => {
      show(json, await getJson<Answer<'listDeals'>>(`/deals${asked(options)}`), dealList);
    });
};

export const addDealReads = (program: Command): void => {
  for (const add of [addDeals, addDeal, addHistory]) add(program);
};
