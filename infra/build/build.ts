/** Bundles each program into one file under dist/: starts fast, and needs nothing but node_modules beside it. */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';

const programs: Record<string, string> = {
  api: 'apps/api/main.ts',
  forecaster: 'apps/api/forecasting/thread.ts',
  worker: 'apps/worker/main.ts',
  cli: 'apps/cli/main.ts',
  embedded: 'infra/embedded/main.ts',
  start: 'infra/launcher/main.ts',
};

await build({
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
