import { exportFormats } from '@funnel/contracts';
import { Option, type Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { call, query } from '../client.ts';

interface ExportOptions {
  readonly format: (typeof exportFormats)[number];
  readonly out?: string;
  readonly funnel?: string;
  readonly types?: string;
  readonly after?: string;
  readonly before?: string;
}

const runExport = async ({ out, ...selection }: ExportOptions): Promise<void> => {
  const response = await call(`/export${query(selection)}`);
  const body = Readable.fromWeb(response.body as ReadableStream);
  // A pipe that is closed early (`| head`) ends the export without a fault.
  process.stdout.on('error', () => process.exit(0));
  const sink = out
    ? createWriteStream(out)
    : new Transform({ transform: (chunk, _, done) => void process.stdout.write(chunk, done) });
  await pipeline(body, sink);
};

export const addExport = (program: Command): void => {
  program
    .command('export')
    .description('events as CloudEvents (ndjson), as a table (csv, parquet), or as a log for process mining (xes)')
    .addOption(new Option('--format <format>').choices(exportFormats).default('ndjson'))
    .option('--out <file>', 'write to a file instead of the shell')
    .option('--funnel <id>', 'only what concerns this funnel; needed for xes')
    .option('--types <list>', 'only these event types, for instance DealWon,DealLost')
    .option('--after <position>', 'only what was recorded after this position')
    .option('--before <position>', 'only what was recorded before this position')
    .action(runExport);
};
