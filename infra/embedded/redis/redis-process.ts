import type { Address } from '../programs/address.ts';
import { type ServerProcess, spawnServer } from '../programs/server-process.ts';

export interface RedisCommand {
  readonly program: string;
  readonly folder: string;
  readonly address: Address;
  readonly onMessage: (message: string) => void;
}

/** A `redis-server` with an append-only file and without eviction. */
export const spawnRedis = (command: RedisCommand): ServerProcess =>
  spawnServer({ ...command, name: 'redis-server', args: redisArguments(command) });

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

/** What the server says in a line of its log, without process id and time. */
export const wordsOf = (line: string): string => line.replace(/^\d+:\w .*?\.\d{3} \S /, '');
