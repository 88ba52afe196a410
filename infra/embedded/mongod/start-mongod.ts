import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Address, forgetAddress, rememberAddress } from '../programs/address.ts';
import { freePort } from '../programs/free-port.ts';
import { spawnServer, untilReady } from '../programs/server-process.ts';
import { goOn } from '../programs/server-unavailable.ts';
import { mongodAnswers } from './ask-mongod.ts';
import { stopLeftover } from './leftover.ts';
import { latestErrors, logFile, putLogAside } from './mongod-log.ts';

export interface MongodOptions {
  readonly program: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The server keeps its files in the folder `mongod` inside it. */
  readonly dataFolder: string;
  readonly host?: string;
  /** Told, in a sentence, of anything that a person should know. */
  readonly onMessage?: (message: string) => void;
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal;
}

export interface RunningMongod {
  readonly port: number;
  readonly pid: number;
  /** Resolves with how the server ended, in words, whether it was closed or died. */
  readonly ended: Promise<string>;
  /** Stops the server after it has written everything. */
  close(): Promise<void>;
}

const name = 'mongod';

/**
 * Starts this `mongod` on a folder of its own, and resolves once it answers. Throws a `ServerUnavailable` when it does
 * not start; then nothing is left running.
 */
export const startMongod = async (options: MongodOptions): Promise<RunningMongod> => {
  const { program, host = '127.0.0.1', onMessage = () => undefined, signal } = options;
  const folder = join(resolve(options.dataFolder), name);
  mkdirSync(folder, { recursive: true });
  goOn(signal, name);
  await stopLeftover(folder, onMessage);
  goOn(signal, name);
  putLogAside(folder);
  const address = { host, port: options.port || (await freePort(host)) };
  rememberAddress(folder, address);
  const server = spawnServer({ name, program, args: mongodArguments(folder, address), onMessage });
  const close = async () => {
    await server.stop();
    forgetAddress(folder);
  };
  try {
    await untilReady(server, {
      name,
      what: `mongod on ${folder}`,
      answers: () => mongodAnswers(address, folder),
      explanation: () => [...server.lastLines(), ...latestErrors(folder), advice],
      signal,
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { port: address.port, pid: server.pid, ended: server.ended, close };
};

const advice = 'FUNNEL_EMBEDDED=always does without it.';

const mongodArguments = (folder: string, { host, port }: Address): string[] => [
  ...['--bind_ip', host, '--port', String(port), '--dbpath', folder],
  ...['--quiet', '--logpath', logFile(folder), '--nounixsocket'],
];
