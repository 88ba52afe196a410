import type { AnswerOf, routes } from '@funnel/contracts';
import type { Command } from 'commander';
import { getJson, sendJson } from '../client.ts';
import { print, show, table } from '../output.ts';

type Views = AnswerOf<(typeof routes)['listViews']>;

const readable = ({ items }: Views): string => {
  const rows = items.map(({ name, version, position, head, caughtUp, lagSeconds, parked, building, fault }) => [
    name,
    version,
    position,
    head,
    caughtUp ? 'yes' : 'no',
    lagSeconds,
    parked.length,
    fault ?? (building ? `building version ${building.version}` : ''),
  ]);
  const parked = items.flatMap(({ name, parked: streams }) => streams.map((each) => [name, each.stream, each.error]));
  const stuck = parked.length ? `\n${table(['view', 'parked stream', 'error'], parked)}` : '';
  return table(['view', 'version', 'position', 'log ends at', 'caught up', 'lag (s)', 'parked', ''], rows) + stuck;
};

export const addViews = (program: Command): void => {
  const views = program.command('views').description('the read models: how far they are, building them anew');
  views
    .command('status', { isDefault: true })
    .description('position, lag and parked streams of every view')
    .option('--json', 'answer as JSON')
    .action(async ({ json }: { json?: boolean }) => show(json, await getJson<Views>('/views'), readable));
  views
    .command('rebuild <name>')
    .description('build a view anew beside the old one, which serves until the new one has caught up')
    .option('--json', 'answer as JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const answer = await sendJson<object>('POST', `/views/${encodeURIComponent(name)}/rebuild`, {});
      print(json ? JSON.stringify(answer) : `${name} is being rebuilt; "funnel views status" tells how far it is`);
    });
  views
    .command('release <name> <stream>')
    .description('try the events of a parked stream again')
    .option('--json', 'answer as JSON')
    .action(async (name: string, stream: string, { json }: { json?: boolean }) => {
      const path = `/views/${encodeURIComponent(name)}/parked/${encodeURIComponent(stream)}/release`;
      const answer = await sendJson<object>('POST', path, {});
      print(json ? JSON.stringify(answer) : `${stream} is tried again in ${name}`);
    });
};
