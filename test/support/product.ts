import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Product {
  readonly url: string;
  readonly token: string;
  readonly dataFolder: string;
  /** Process ids of what the launcher started, by what each is. */
  processes(): Promise<Record<ProcessName, number>>;
  /** Everything it said so far. */
  output(): string;
  stop(): Promise<number | null>;
}
export const processNames = ['eventstore', 'mongo', 'redis', 'api', 'worker'] as const;
export type ProcessName = (typeof processNames)[number];

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** How each process is told by its command line. */
const signs: Record<ProcessName, RegExp> = {
  eventstore: /embedded\.js\0eventstore/,
  mongo: /embedded\.js\0mongo/,
  redis: /redis-server/,
  api: /dist\/api\.js/,
  worker: /dist\/worker\.js/,
};

const childrenOf = async (parent: number): Promise<number[]> => {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(
    all.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      return { pid: Number(pid), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
    }),
  );
  return parents.filter((each) => each.parent === parent).map(({ pid }) => pid);
};

const findProcesses = async (launcher: number): Promise<Record<ProcessName, number>> => {
  const found: Partial<Record<ProcessName, number>> = {};
  for (const pid of await childrenOf(launcher)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const name = processNames.find((each) => signs[each].test(command));
    if (name) found[name] = pid;
  }
  return found as Record<ProcessName, number>;
};

const ready = (launcher: ChildProcess, lines: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const listen = (stream: NodeJS.ReadableStream) =>
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const token = /sign-in\?token=(\S+)/.exec(line)?.[1];
        if (token) resolve(token);
      });
    if (launcher.stdout) listen(launcher.stdout);
    if (launcher.stderr) listen(launcher.stderr);
    launcher.once('exit', (code) => reject(new Error(`the product ended with ${code}:\n${lines.join('\n')}`)));
  });

/** Starts the built product the way `npm start` does, on a free port and a data folder of its own unless one is given. */
export const startProduct = async (
  settings: { dataFolder?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Product> => {
  const dataFolder = settings.dataFolder ?? (await mkdtemp(join(tmpdir(), 'funnel-product-')));
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    FUNNEL_EMBEDDED: 'always',
    FUNNEL_DATA: dataFolder,
    PORT: `${port}`,
    ...settings.env,
  };
  const launcher = spawn(process.execPath, ['--enable-source-maps', 'dist/start.js'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever started it may fail and end without stopping it.
  const kill = () => launcher.kill('SIGTERM');
  process.once('exit', kill);
  const lines: string[] = [];
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve));
  const token = await ready(launcher, lines);
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    dataFolder,
    processes: () => findProcesses(launcher.pid ?? 0),
    output: () => lines.join('\n'),
    stop: async () => {
      kill();
      const code = await ended;
      process.off('exit', kill);
      if (!settings.dataFolder) await rm(dataFolder, { recursive: true, force: true });
      return code;
    },
  };
};
