import { spawnSync } from 'node:child_process';
import { findProgram } from '../../../infra/embedded/programs/find-program.ts';

const packages = ['chromium', 'fonts-noto-cjk'];
const find = (): string | undefined => findProgram('chromium', process.env['PATH'] ?? '');
const readsChinese = (): boolean =>
  spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout?.trim() !== '';

const apt = (args: readonly string[]): boolean =>
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

const install = (): void => {
  if (process.getuid?.() !== 0 || !findProgram('apt-get', process.env['PATH'] ?? '')) return;
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  console.log(`Chromium or a Chinese font is missing: installing them with apt-get ${args.join(' ')}`);
  if (!apt(args) && apt(['update'])) apt(args);
};

/** The path of Debian's Chromium, installed where it is missing and that is possible; both is said aloud. */
const findChromium = (): string | undefined => {
  if (!find() || !readsChinese()) install();
  const found = find();
  if (!found)
    console.log('The browser tests are skipped: no chromium on the PATH (apt-get install chromium fonts-noto-cjk).');
  return found;
};

export const chromium = findChromium();
