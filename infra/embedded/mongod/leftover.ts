import { setTimeout as pause } from 'node:timers/promises';
import { rememberedAddress } from '../programs/address.ts';
import { ServerUnavailable } from '../programs/server-unavailable.ts';
import { mongodPid } from './ask-mongod.ts';
import { lockHolder } from './lock-file.ts';

const patienceMs = 10_000;

/**
 * Ends the server that a killed process may have left running on this folder, or waits while it ends by itself. The
 * lock file of one that was killed itself stays behind and is no obstacle: the next server recovers.
 */
export const stopLeftover = async (folder: string, onMessage: (message: string) => void): Promise<void> => {
  const address = rememberedAddress(folder);
  const pid = lockHolder(folder);
  if (!address || pid === undefined || !isRunning(pid)) return;
  const answers = (await mongodPid(address)) === pid;
  onMessage(answers ? `stopping a mongod left running on ${folder}` : `waiting for process ${pid} to leave ${folder}`);
  if (answers) process.kill(pid, 'SIGTERM');
  if ((await leaves(folder, pid)) || !answers) return;
  throw new ServerUnavailable(`An older mongod still runs on ${folder} (process ${pid}): stop it first.`);
};

/**
 * Whether the process gives the folder up in time. One that never answered may be any program, whose number was given
 * anew since; then the lock is nobody's.
 */
const leaves = async (folder: string, pid: number): Promise<boolean> => {
  const deadline = performance.now() + patienceMs;
  while (lockHolder(folder) === pid && isRunning(pid)) {
    if (performance.now() > deadline) return false;
    await pause(50);
  }
  return true;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
