import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(import.meta.dirname, '../../../infra/embedded/main.ts');
const flags = ['--experimental-transform-types', '--no-warnings'];

export interface EmbeddedServer {
  readonly port: number;
  close(): Promise<void>;
}

/** An embedded server in a process of its own, on a free port and on data of its own. */
export const startEmbedded = async (name: 'eventstore' | 'mongo'): Promise<EmbeddedServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  const data = name === 'eventstore' ? ['--data', folder] : [];
  const child = spawn(process.execPath, [...flags, program, name, '--port', '0', ...data], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Whoever started it may fail and end without closing it.
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => resolve((JSON.parse(line) as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return {
    port,
    close: async () => {
      kill();
      await ended;
      process.off('exit', kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
