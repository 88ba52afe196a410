import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../programs/find-program.ts';
import { goOn, ServerUnavailable } from '../programs/server-unavailable.ts';

export interface Machine {
  readonly path: string;
  readonly isRoot: boolean;
}

export interface Search {
  readonly machine?: Machine;
  readonly onMessage: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const installation = ['install', '-y', '--no-install-recommends', 'redis-server'];

/** The path of `redis-server`, installed from the system's packages where it is missing and that is possible. */
export const redisProgram = async ({ machine = thisMachine(), onMessage, signal }: Search): Promise<string> => {
  const present = findProgram('redis-server', machine.path);
  if (present) return present;
  const aptGet = machine.isRoot && findProgram('apt-get', machine.path);
  if (!aptGet) throw missing('it is not on the PATH');
  goOn(signal, 'redis-server');
  onMessage(`redis-server is missing: installing it with apt-get ${installation.join(' ')}`);
  await run({ program: aptGet, args: ['update'], signal });
  goOn(signal, 'redis-server');
  // Half an installation is worse than a late stop, so this step is not interrupted.
  await run({ program: aptGet, args: ['-o', 'DPkg::Lock::Timeout=60', ...installation] });
  await keepServiceOff(machine);
  const installed = findProgram('redis-server', machine.path);
  if (!installed) throw missing('its package was installed without it');
  onMessage(`redis-server is installed: ${installed}`);
  return installed;
};

const thisMachine = (): Machine => ({ path: process.env['PATH'] ?? '', isRoot: process.getuid?.() === 0 });

/** The package enables a service of its own, which systemd starts whatever the run level says. */
const keepServiceOff = async (machine: Machine): Promise<void> => {
  const systemctl = existsSync('/run/systemd/system') && findProgram('systemctl', machine.path);
  if (systemctl) await run({ program: systemctl, args: ['disable', '--now', 'redis-server.service'] });
};

interface Step {
  readonly program: string;
  readonly args: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** In a process group of its own, so that Ctrl-C at the terminal does not break it off. */
const run = ({ program, args, signal }: Step): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const failed = (reason: string) => reject(missing(`${program} ${args.join(' ')} failed: ${reason}`));
    const step = spawn(program, args, {
      detached: true,
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Run level 1 keeps the package from starting its service on port 6379.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
    step.stderr.setEncoding('utf8').on('data', (chunk) => (said += chunk));
    step.on('error', (error) => failed(error.message));
    step.on('close', (code) =>
      code === 0 ? resolve() : failed(said.trim().split('\n').at(-1) || `exit code ${code}`),
    );
  });

const missing = (why: string): ServerUnavailable =>
  new ServerUnavailable(
    [
      `redis-server is needed, but ${why}.`,
      'Install it with',
      '  sudo apt-get update && sudo apt-get install -y --no-install-recommends redis-server',
      '(macOS: brew install redis), or set REDIS_URL to a Redis you run already.',
    ].join('\n'),
  );
