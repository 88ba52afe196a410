import { Command, Help, type Option } from 'commander';
import { addAudit } from './commands/audit.ts';
import { addCalibrate } from './commands/calibrate.ts';
import { addDealReads } from './commands/deals.ts';
import { addDemo } from './commands/demo.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addReforecast } from './commands/reforecast.ts';
import { addReports } from './commands/reports.ts';
import { addBacktest, addSimulate } from './commands/simulate.ts';
import { addToken } from './commands/token.ts';
import { addViews } from './commands/views.ts';
import { addWaterfall } from './commands/waterfall.ts';
import { CommandFailed } from './failure.ts';
import { remark } from './output.ts';

const inHelp = new Help();
const optionDescription = (option: Option): string =>
  `${inHelp.optionDescription(option)}${option.mandatory ? ' (required)' : ''}`;

const program = new Command('funnel')
  .configureHelp({ optionDescription })
  .description('Funnel Ledger at the shell. FUNNEL_URL names the API, FUNNEL_TOKEN who you are.')
  .showHelpAfterError('(--help tells what can be asked for)');
for (const add of [
  addImport,
  addExport,
  addReports,
  addDealReads,
  addReforecast,
  addCalibrate,
  addSimulate,
  addBacktest,
  addWaterfall,
  addAudit,
  addViews,
  addToken,
  addDemo,
])
  add(program);

try {
  await program.parseAsync();
} catch (fault) {
  remark(fault instanceof CommandFailed ? `funnel: ${fault.message}` : `funnel: ${(fault as Error).stack ?? fault}`);
  process.exitCode = 1;
}
