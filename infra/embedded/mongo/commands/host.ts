/** What the server says about the machine it runs on. */
import { Long } from 'bson';
import * as os from 'node:os';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';

const megabytes = (bytes: number): Long => Long.fromNumber(Math.floor(bytes / 2 ** 20));

/** Cores and sockets are not told apart here: every thread of execution counts as a core of one socket. */
export const hostInfo: CommandFunction = () => {
  const memory = os.totalmem();
  const cores = os.cpus().length;
  return success({
    system: {
      currentTime: new Date(),
      hostname: os.hostname(),
      cpuAddrSize: 64,
      memSizeMB: megabytes(memory),
      memLimitMB: megabytes(Math.min(memory, process.constrainedMemory() || memory)),
      numCores: cores,
      numCoresAvailableToProcess: os.availableParallelism(),
      numPhysicalCores: cores,
      numCpuSockets: 1,
      cpuArch: os.machine(),
      numaEnabled: false,
      numNumaNodes: 1,
    },
    os: { type: os.type(), name: os.type(), version: os.release() },
    extra: { versionString: os.version(), kernelVersion: os.release() },
  });
};
