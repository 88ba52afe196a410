import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const serverFile = pathToFileURL(join(import.meta.dirname, '../../../infra/embedded/eventstore/index.ts')).href;
const program = `
  import { startEventStore } from ${JSON.stringify(serverFile)};
  const [port, dataFolder] = process.argv.slice(1);
  const server = await startEventStore({ port: Number(port), dataFolder });
  console.log(server.port);
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
`;

/** The embedded event store in a process of its own, so that it can be killed in the middle of its work. */
export class StoreProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  #process: ChildProcess | undefined;
  #port = 0;

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Starts it, the second time on the same port and data. */
  async start(): Promise<void> {
    const flags = ['--experimental-transform-types', '--no-warnings', '--input-type=module'];
    const child = spawn(process.execPath, [...flags, '-e', program, `${this.#port}`, this.#folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.#process = child;
    for await (const line of createInterface(child.stdout)) {
      this.#port = Number(line);
      return;
    }
    throw new Error('the event store did not start');
  }

  /** Ends it without a chance to write anything more. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops it from doing anything, connections kept open, until it thaws. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Empties its data while it is down. */
  wipe(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
