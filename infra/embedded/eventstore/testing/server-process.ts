import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file to run. */
export const program = fileURLToPath(new URL('../../main.ts', import.meta.url));

export interface Launched {
  process: ChildProcess;
  /** The port, as soon as it is ready. Rejects with what it wrote to stderr if it exits before. */
  ready: Promise<number>;
}

export interface Ready {
  process: ChildProcess;
  port: number;
}

/** Starts the program and does not wait. */
export const launch = (dataFolder: string, port = 0): Launched => {
  const child = spawn(process.execPath, [program, 'eventstore', '--port', String(port), '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'funnel-compiled') },
  });
  let stderr = '';
  child.stderr!.on('data', (text: Buffer) => (stderr += text.toString()));
  const exit = once(child, 'exit').then(([code]) => {
    const said = stderr.split('\n').filter((line) => line !== '' && !line.includes('Warning'));
    throw Object.assign(new Error(said.join('\n')), { exitCode: code as number });
  });
  const ready = once(child.stdout!, 'data').then(([line]) => (JSON.parse(String(line)) as { port: number }).port);
  const readyOrGone = Promise.race([ready, exit]);
  // It may also exit later, or be ended before anybody asks.
  for (const promise of [exit, readyOrGone]) promise.catch(() => {});
  return { process: child, ready: readyOrGone };
};

/** Runs the program until it is ready. Rejects with what it wrote to stderr if it exits before. */
export const startProcess = async (dataFolder: string, port = 0): Promise<Ready> => {
  const { process: child, ready } = launch(dataFolder, port);
  return { process: child, port: await ready };
};

/** Ends the process with a signal and waits until it is gone; the exit code, null after a kill. */
export const endProcess = async (
  { process: child }: Pick<Ready, 'process'>,
  signal: NodeJS.Signals,
): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code] = (await gone) as [number | null];
  return code;
};
