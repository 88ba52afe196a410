import { RedisUnavailable, startRedis } from '@funnel/embedded/redis';
import { CannotStart } from './cannot-start.ts';
import type { Output, Service } from './service.ts';

/** The machine's Redis as a service, its files in the data folder. */
export const redis = (port: number, dataFolder: string, output: Output): Service => ({
  name: 'redis',
  launch: () => {
    const giveUp = new AbortController();
    const onMessage = (message: string) => output.say(`[redis] ${message}`);
    const started = startRedis({ port, dataFolder, onMessage, signal: giveUp.signal });
    return {
      ready: started.then(() => undefined, explain),
      ended: started.then(
        (running) => running.ended,
        () => 'a failed start',
      ),
      stop: async () => {
        giveUp.abort();
        await started.then(
          (running) => running.close(),
          () => undefined,
        );
      },
    };
  },
});

const explain = (error: unknown): never => {
  throw error instanceof RedisUnavailable ? new CannotStart(error.message, { cause: error }) : error;
};
