import type { AnswerOf, routes } from '@funnel/contracts';
import type { Command } from 'commander';
import { getJson, query } from '../client.ts';
import { show, table } from '../output.ts';

type Waterfall = AnswerOf<(typeof routes)['waterfall']>;

type Asked = 'from' | 'to' | 'owner' | 'team' | 'region' | 'industry' | 'knownAt';
type Options = { readonly json?: boolean } & { readonly [Name in Asked]?: string };

const signs: Readonly<Record<string, string>> = { down: '−', won: '−', lost: '−', movedOut: '−' };
const names: Readonly<Record<string, string>> = { movedIn: 'moved in', movedOut: 'moved out' };

const readable = ({ from, to, opening, lines, closing }: Waterfall): string =>
  table(
    ['', 'what', 'deals or events', `amount ${opening.amount.currency}`],
    [
      ['', `open as of ${from}`, opening.count, opening.amount.value],
      ...lines.map(({ line, events, amount }) => [
        signs[line] ?? '+',
        names[line] ?? line,
        events.length,
        amount.value,
      ]),
      ['=', `open as of ${to}`, closing.count, closing.amount.value],
    ],
  );

export const addWaterfall = (program: Command): void => {
  program
    .command('waterfall <funnel>')
    .description('how what stood open at one instant became what stood open at another')
    .requiredOption('--from <instant>')
    .option('--to <instant>', 'now when absent')
    .option('--owner <id>', 'only deals while they are his; none: while they are nobody’s')
    .option('--team <id>', 'only deals while their owner is in this team')
    .option('--region <name>', 'only of customers there')
    .option('--industry <name>', 'only of customers in it')
    .option('--known-at <instant>', 'only what was recorded by then')
    .option('--json', 'answer as JSON, with every event')
    .action(async (funnel: string, { json, ...asked }: Options) => {
      const path = `/funnels/${encodeURIComponent(funnel)}/waterfall${query(asked)}`;
      show(json, await getJson<Waterfall>(path), readable);
    });
};
