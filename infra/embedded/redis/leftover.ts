import { realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Address, rememberedAddress } from '../programs/address.ts';
import { ServerUnavailable } from '../programs/server-unavailable.ts';
import { askRedis } from './ask-redis.ts';

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
      throw new ServerUnavailable(
        `An older redis-server still runs on ${folder} (port ${address.port}): stop it first.`,
      );
    await pause(50);
  }
  return true;
};

const servesFolder = async (address: Address, folder: string): Promise<boolean> => {
  const answer = await askRedis(address, 'CONFIG GET dir').catch(() => '');
  return answer.split('\r\n').includes(realpathSync(folder));
};
