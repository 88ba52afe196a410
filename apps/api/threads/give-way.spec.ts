import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

describe('a thread that gives way', () => {
  it('has a lower priority than its process, which keeps its own', async () => {
    const own = getPriority();
    const program = `
      import(${JSON.stringify(pathToFileURL(resolve('apps/api/threads/give-way.ts')))}).then(({ giveWay }) => {
        giveWay();
        require('node:worker_threads').parentPort.postMessage(require('node:os').getPriority());
      });`;
    const worker = new Worker(program, { eval: true });
    const [priority] = (await once(worker, 'message')) as [number];
    await worker.terminate();
    const expected = process.platform === 'linux' ? constants.priority.PRIORITY_BELOW_NORMAL : own;
    expect({ priority, ofProcess: getPriority() }).toEqual({ priority: expected, ofProcess: own });
  });
});
