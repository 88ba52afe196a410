import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { goOn, ServerUnavailable } from './server-unavailable.ts';

export interface ServerProcess {
  readonly pid: number;
  /** Resolves with how it ended, in words. */
  readonly ended: Promise<string>;
  /** The latest lines that it wrote. */
  lastLines(): string[];
  /** Asks it to write what it has and end; insists after ten seconds. Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly onMessage: (message: string) => void;
}

const patienceMs = 10_000;

/** A server that a terminal's Ctrl-C does not reach and that ends when this process does, however it ends. */
export const spawnServer = ({ name, program, args, onMessage }: ServerCommand): ServerProcess => {
  const server = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const guardian = server.pid === undefined ? undefined : guard(server.pid);
  const ended = endOf(server).finally(() => guardian?.kill('SIGKILL'));
  const lines: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 5) lines.shift();
    });
  return {
    pid: server.pid ?? 0,
    ended,
    lastLines: () => [...lines],
    stop: async () => {
      server.kill('SIGTERM');
      const insisting = setTimeout(() => {
        onMessage(`${name} did not stop within ${patienceMs / 1_000} s: killing it`);
        server.kill('SIGKILL');
      }, patienceMs);
      await ended;
      clearTimeout(insisting);
    },
  };
};

const endOf = (server: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    server.once('error', (error) => resolve(error.message));
    server.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });

/** A shell that waits on a pipe from this process, and stops the server once the pipe breaks. */
const guard = (pid: number): ChildProcess => {
  const guardian = spawn('/bin/sh', ['-c', 'read -r _; kill "$1"', 'guardian', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell the server runs unguarded, and the next start finds it by its address file.
  guardian.on('error', () => undefined);
  return guardian;
};

export interface Start {
  /** The server and its folder, in words. */
  readonly what: string;
  readonly name: string;
  readonly answers: () => Promise<boolean>;
  /** What it said last, to explain a start that fails. */
  readonly explanation: () => readonly string[];
  readonly signal: AbortSignal | undefined;
}

const readyWithinMs = 60_000;

/** Resolves once the server answers. Throws {@link ServerUnavailable} when it ends before, or takes a minute. */
export const untilReady = async (server: ServerProcess, start: Start): Promise<void> => {
  let ending: string | undefined;
  void server.ended.then((how) => (ending = how));
  const deadline = performance.now() + readyWithinMs;
  const failed = (how: string) => new ServerUnavailable([`${start.what} ${how}:`, ...start.explanation()].join('\n  '));
  while (!(await start.answers()) || ending !== undefined) {
    if (ending !== undefined) throw failed(`did not start (${ending})`);
    goOn(start.signal, start.name);
    if (performance.now() > deadline) throw failed(`was not ready within ${readyWithinMs / 1_000} s`);
    await pause(25);
  }
};
