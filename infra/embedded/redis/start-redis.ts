import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Address, redisAnswers } from './ask-redis.ts';
import { forgetAddress, rememberAddress, stopLeftover } from './leftover.ts';
import { type RedisProcess, spawnRedis } from './redis-process.ts';
import { redisProgram } from './redis-program.ts';
import { goOn, RedisUnavailable } from './redis-unavailable.ts';

export interface RedisOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** The server keeps its files in the folder `redis` inside it. */
  readonly dataFolder: string;
  readonly host?: string;
  /** Told, in a sentence, of anything that a person should know. */
  readonly onMessage?: (message: string) => void;
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal;
}

export interface RunningRedis {
  readonly port: number;
  readonly pid: number;
  /** Resolves with how the server ended, in words, whether it was closed or died. */
  readonly ended: Promise<string>;
  /** Stops the server after it has written everything. */
  close(): Promise<void>;
}

const readyWithinMs = 60_000;

/**
 * Starts the machine's `redis-server` with an append-only file and without eviction, and resolves once it answers.
 * Throws {@link RedisUnavailable} when it is missing or does not start; then nothing is left running.
 */
export const startRedis = async (options: RedisOptions): Promise<RunningRedis> => {
  const { host = '127.0.0.1', onMessage = () => undefined, signal } = options;
  const program = await redisProgram({ onMessage, signal });
  const folder = join(resolve(options.dataFolder), 'redis');
  mkdirSync(folder, { recursive: true });
  goOn(signal);
  if (await stopLeftover(folder)) onMessage(`stopped a redis-server left running on ${folder}`);
  const address = { host, port: options.port || (await freePort(host)) };
  rememberAddress(folder, address);
  const server = spawnRedis({ program, folder, address, onMessage });
  const close = async () => {
    await server.stop();
    forgetAddress(folder);
  };
  try {
    await untilReady(server, { address, folder, signal });
  } catch (error) {
    await close();
    throw error;
  }
  return { port: address.port, pid: server.pid, ended: server.ended, close };
};

interface Start {
  readonly address: Address;
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

const untilReady = async (server: RedisProcess, { address, folder, signal }: Start): Promise<void> => {
  let ending: string | undefined;
  void server.ended.then((how) => (ending = how));
  const deadline = performance.now() + readyWithinMs;
  const failed = (how: string) =>
    new RedisUnavailable([`redis-server on ${folder} ${how}:`, ...server.lastLines()].join('\n  '));
  while (!(await redisAnswers(address, server.pid))) {
    if (ending !== undefined) throw failed(`did not start (${ending})`);
    goOn(signal);
    if (performance.now() > deadline) throw failed(`was not ready within ${readyWithinMs / 1_000} s`);
    await pause(25);
  }
};

const freePort = (host: string): Promise<number> =>
  new Promise((found, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
