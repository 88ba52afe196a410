import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { forgetAddress, rememberAddress } from '../programs/address.ts';
import { freePort } from '../programs/free-port.ts';
import { untilReady } from '../programs/server-process.ts';
import { goOn } from '../programs/server-unavailable.ts';
import { redisAnswers } from './ask-redis.ts';
import { stopLeftover } from './leftover.ts';
import { spawnRedis, wordsOf } from './redis-process.ts';
import { redisProgram } from './redis-program.ts';

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

/**
 * Starts the machine's `redis-server` with an append-only file and without eviction, and resolves once it answers.
 * Throws a `ServerUnavailable` when it is missing or does not start; then nothing is left running.
 */
export const startRedis = async (options: RedisOptions): Promise<RunningRedis> => {
  const { host = '127.0.0.1', onMessage = () => undefined, signal } = options;
  const program = await redisProgram({ onMessage, signal });
  const folder = join(resolve(options.dataFolder), 'redis');
  mkdirSync(folder, { recursive: true });
  goOn(signal, 'redis-server');
  if (await stopLeftover(folder)) onMessage(`stopped a redis-server left running on ${folder}`);
  const address = { host, port: options.port || (await freePort(host)) };
  rememberAddress(folder, address);
  const server = spawnRedis({ program, folder, address, onMessage });
  const close = async () => {
    await server.stop();
    forgetAddress(folder);
  };
  try {
    await untilReady(server, {
      name: 'redis-server',
      what: `redis-server on ${folder}`,
      answers: () => redisAnswers(address, server.pid),
      explanation: () => server.lastLines().map(wordsOf),
      signal,
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { port: address.port, pid: server.pid, ended: server.ended, close };
};
