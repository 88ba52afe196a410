import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../main.ts', import.meta.url));

/** What a run of the program said before it was ready, or before it gave up. */
export interface Ready {
  process: ChildProcess;
  port: number;
}

/** Runs the program until it is ready. Rejects with what it wrote to stderr if it exits before. */
export const startProcess = async (dataFolder: string, port = 0): Promise<Ready> => {
  const child = spawn(process.execPath, [program, 'eventstore', '--port', String(port), '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr!.on('data', (text: Buffer) => (stderr += text.toString()));
  const exit = once(child, 'exit').then(([code]) => {
    const said = stderr.split('\n').filter((line) => line !== '' && !line.includes('Warning'));
    throw Object.assign(new Error(said.join('\n')), { exitCode: code as number });
  });
  const ready = once(child.stdout!, 'data').then(([line]) => JSON.parse(String(line)) as { port: number });
  exit.catch(() => {}); // It may also exit later, when nobody waits for this any more.
  const { port: bound } = await Promise.race([ready, exit]);
  return { process: child, port: bound };
};

/** Ends the process with a signal and waits until it is gone; the exit code, null after a kill. */
export const endProcess = async ({ process: child }: Ready, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code] = (await gone) as [number | null];
  return code;
};
