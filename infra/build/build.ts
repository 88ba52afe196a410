/**
 * Builds all that runs into dist/: each program as one file that starts fast and needs nothing but node_modules beside it,
 * and what the api sends to browsers.
 */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { buildWeb } from './build-web.ts';

const programs: Record<string, string> = {
  api: 'apps/api/main.ts',
  forecaster: 'apps/api/forecasting/thread.ts',
  'forecaster-partner': 'apps/api/forecasting/partner-thread.ts',
  reporter: 'apps/api/reports/thread.ts',
  carrier: 'apps/api/carrying/thread.ts',
  worker: 'apps/worker/main.ts',
  cli: 'apps/cli/main.ts',
  embedded: 'infra/embedded/main.ts',
  start: 'infra/launcher/main.ts',
};

const buildPrograms = () =>
  build({
    entryPoints: Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(file))),
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    tsconfig: 'tsconfig.base.json',
    logLevel: 'warning',
  });

await Promise.all([buildPrograms(), buildWeb('dist/web')]);
