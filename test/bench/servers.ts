import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { helperThreads } from '../../infra/launcher/helper-threads.ts';

export interface RunningServer {
  readonly port: number;
  readonly pid: number;
  close(): Promise<void>;
}

/** An embedded server in a process of its own, on a data folder of its own unless one is given. */
export const startServer = async (name: 'eventstore' | 'mongo', dataFolder?: string): Promise<RunningServer> => {
  const folder = dataFolder ?? (await mkdtemp(join(tmpdir(), 'funnel-bench-')));
  const data = name === 'eventstore' ? ['--data', folder] : [];
  const server = await startProgram(['dist/embedded.js', name, '--port', '0', ...data]);
  return {
    ...server,
    close: async () => {
      await server.close();
      if (!dataFolder) await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A program in a process of its own that says in its first line at which port it listens. */
export const startProgram = async (args: readonly string[]): Promise<RunningServer> => {
  const child = spawn(process.execPath, [helperThreads, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => resolve((JSON.parse(line) as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
  return {
    port,
    pid: child.pid ?? 0,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** What a program that prints its seconds last has taken, in a process of its own: nothing is compiled yet, as in ours. */
export const secondsInNewProcess = async (program: string, args: readonly string[]): Promise<number> => {
  const { stdout } = await promisify(execFile)(process.execPath, [helperThreads, program, ...args]);
  return Number(stdout.trimEnd().split('\n').at(-1));
};
