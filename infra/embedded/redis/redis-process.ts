import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Address } from './ask-redis.ts';

export interface RedisProcess {
  readonly pid: number;
  /** Resolves with how it ended, in words. */
  readonly ended: Promise<string>;
  /** The latest lines of its log, without process id and time. */
  lastLines(): string[];
  /** Asks it to write what it has and end; insists after ten seconds. Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface RedisCommand {
  readonly program: string;
  readonly folder: string;
  readonly address: Address;
  readonly onMessage: (message: string) => void;
}

const patienceMs = 10_000;

/** A `redis-server` that a terminal's Ctrl-C does not reach and that ends when this process does, however it ends. */
export const spawnRedis = (command: RedisCommand): RedisProcess => {
  const server = spawn(command.program, redisArguments(command), {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const guardian = server.pid === undefined ? undefined : guard(server.pid);
  const ended = endOf(server).finally(() => guardian?.kill('SIGKILL'));
  const lines: string[] = [];
  for (const stream of [server.stdout, server.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line.replace(/^\d+:\w .*?\.\d{3} \S /, ''));
      if (lines.length > 5) lines.shift();
    });
  return {
    pid: server.pid ?? 0,
    ended,
    lastLines: () => [...lines],
    stop: async () => {
      server.kill('SIGTERM');
      const insisting = setTimeout(() => {
        command.onMessage(`redis-server did not stop within ${patienceMs / 1_000} s: killing it`);
        server.kill('SIGKILL');
      }, patienceMs);
      await ended;
      clearTimeout(insisting);
    },
  };
};

const redisArguments = ({ folder, address }: RedisCommand): string[] =>
  Object.entries({
    port: String(address.port),
    bind: address.host,
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    save: '',
  }).flatMap(([name, value]) => [`--${name}`, value]);

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
