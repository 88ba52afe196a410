/** The whole gate: build, format, types, lint and every spec. Ends with `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const scratch = mkdtempSync(join(tmpdir(), 'funnel-tests-'));
const results = join(scratch, 'jest.json');

const run = (command: string, args: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    console.log(`\n> ${command} ${args.join(' ')}`);
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NX_DAEMON: 'false' },
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });

const check = async (command: string, ...args: string[]): Promise<Count> => {
  const passed = await run(command, args);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
};

const specs = async (): Promise<Count> => {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const passed = await run('node', [
    ...jest,
    '--maxWorkers=2',
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ]);
  try {
    const report = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>;
    const broken = report['numRuntimeErrorTestSuites'] ?? 0;
    const failed = (report['numFailedTests'] ?? 0) + broken;
    // Jest may fail without a failed test, for instance when it finds none.
    return {
      passed: report['numPassedTests'] ?? 0,
      failed: failed || (passed ? 0 : 1),
      skipped: (report['numPendingTests'] ?? 0) + (report['numTodoTests'] ?? 0),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const counts = [
  await check('node', 'infra/build/build.ts'),
  await check('prettier', '--check', '--log-level', 'warn', '.'),
  await check('tsc', '-p', 'tsconfig.json'),
  await check('tsc', '-p', 'apps/web'),
  await check('nx', 'run-many', '-t', 'lint', '--outputStyle=stream', '--parallel=2'),
  await specs(),
];
rmSync(scratch, { recursive: true });

const total = (kind: keyof Count) => counts.reduce((sum, count) => sum + count[kind], 0);
const skipped = total('skipped') ? `, ${total('skipped')} skipped` : '';
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped}`);
process.exitCode = total('failed') === 0 && total('passed') > 0 ? 0 : 1;
