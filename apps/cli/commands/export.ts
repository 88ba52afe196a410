import { exportFormats } from '@funnel/contracts';
import { Option, type Command } from 'commander';
import { call, query } from '../client.ts';
import { saveAnswer } from '../save.ts';

interface ExportOptions {
  readonly format: (typeof exportFormats)[number];
  readonly out?: string;
  readonly funnel?: string;
  readonly types?: string;
  readonly after?: string;
  readonly before?: string;
}

const runExport = async ({ out, ...selection }: ExportOptions): Promise<void> =>
  saveAnswer(await call(`/export${query(selection)}`), out);

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
