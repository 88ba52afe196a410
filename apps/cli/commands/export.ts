import { Option, type Command } from 'commander';
import { stringify } from 'csv-stringify';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { call, query } from '../client.ts';

interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly recordedat: string;
  readonly sequence: string;
  readonly revision: number;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
}
interface ExportOptions {
  readonly format: 'ndjson' | 'csv';
  readonly out?: string;
  readonly after?: string;
  readonly types?: string;
}

const columns = [
  'position',
  'subject',
  'revision',
  'type',
  'time',
  'recorded_at',
  'actor',
  'stage',
  'from',
  'to',
  'owner',
  'amount',
  'currency',
  'reason',
  'id',
  'data',
];

/** One event as one line; fields that many events share have columns of their own, `data` holds all of it. */
const asRow = ({ data, ...event }: CloudEvent): unknown[] => {
  const amount = data['amount'] as { value: string; currency: string } | undefined;
  const { stage, from, to, ownerId, reason } = data;
  return [
    event.sequence,
    event.subject,
    event.revision,
    event.type.split('.')[1],
    event.time,
    event.recordedat,
    event.actor,
    stage,
    from,
    to,
    ownerId,
    amount?.value,
    amount?.currency,
    reason,
    event.id,
    JSON.stringify(data),
  ];
};

async function* rowsOf(body: Readable): AsyncGenerator<unknown[]> {
  for await (const line of createInterface({ input: body, crlfDelay: Infinity })) {
    if (line) yield asRow(JSON.parse(line) as CloudEvent);
  }
}

const runExport = async ({ format, out, after, types }: ExportOptions): Promise<void> => {
  const response = await call(`/events${query({ after, types })}`, { headers: { accept: 'application/x-ndjson' } });
  const body = Readable.fromWeb(response.body as ReadableStream);
  // A pipe that is closed early (`| head`) ends the export without a fault.
  process.stdout.on('error', () => process.exit(0));
  const sink = out
    ? createWriteStream(out)
    : new Transform({ transform: (chunk, _, done) => void process.stdout.write(chunk, done) });
  if (format === 'ndjson') await pipeline(body, sink);
  else await pipeline(Readable.from(rowsOf(body)), stringify({ header: true, columns }), sink);
};

export const addExport = (program: Command): void => {
  program
    .command('export')
    .description('all events, as CloudEvents (ndjson) or as a table (csv)')
    .addOption(new Option('--format <format>').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--out <file>', 'write to a file instead of the shell')
    .option('--after <position>', 'only what came after this position')
    .option('--types <list>', 'only these event types, for instance DealWon,DealLost')
    .action(runExport);
};
