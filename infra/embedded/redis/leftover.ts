import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Address, askRedis } from './ask-redis.ts';
import { RedisUnavailable } from './redis-unavailable.ts';

const addressFile = (folder: string): string => join(folder, 'address.json');

/** Leaves word in the folder of where its server listens, for the next start to find. */
export const rememberAddress = (folder: string, address: Address): void =>
  writeFileSync(addressFile(folder), JSON.stringify(address));

export const forgetAddress = (folder: string): void => rmSync(addressFile(folder), { force: true });

/**
 * Stops the server that a killed process may have left running on this folder: two servers would spoil its
 * append-only file. A foreign server that has taken the port since is left alone. True when there was one.
 */
export const stopLeftover = async (folder: string): Promise<boolean> => {
  const address = rememberedAddress(folder);
  if (!address || !(await servesFolder(address, folder))) return false;
  await askRedis(address, 'SHUTDOWN').catch(() => '');
  const deadline = performance.now() + 10_000;
  while (await servesFolder(address, folder)) {
    if (performance.now() > deadline)
      throw new RedisUnavailable(
        `An older redis-server still runs on ${folder} (port ${address.port}): stop it first.`,
      );
    await pause(50);
  }
  return true;
};

const rememberedAddress = (folder: string): Address | undefined => {
  if (!existsSync(addressFile(folder))) return undefined;
  try {
    return JSON.parse(readFileSync(addressFile(folder), 'utf8')) as Address;
  } catch {
    return undefined; // A torn write: the server had not been started yet.
  }
};

const servesFolder = async (address: Address, folder: string): Promise<boolean> => {
  const answer = await askRedis(address, 'CONFIG GET dir').catch(() => '');
  return answer.split('\r\n').includes(realpathSync(folder));
};
