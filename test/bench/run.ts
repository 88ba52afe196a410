/**
 * Bundles and runs benchmarks: `npm run bench` all of them, `npm run bench -- import` those whose name says so. Figures are
 * medians of runs that alternate between what is compared; absolute ones hold for one machine on one day, ratios carry over.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const [wanted = '', ...args] = process.argv.slice(2);
const names = readdirSync('test/bench')
  .filter((file) => file.endsWith('.bench.ts') && file.includes(wanted))
  .map((file) => file.replace('.ts', ''));

await build({
  entryPoints: names.map((name) => `test/bench/${name}.ts`),
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  packages: 'external',
  tsconfig: 'tsconfig.base.json',
  logLevel: 'warning',
});
for (const name of names) {
  console.log(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', `dist/bench/${name}.js`, ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
