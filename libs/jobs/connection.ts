import { Redis } from 'ioredis';

/** A connection that BullMQ may block on: it waits out a lost Redis instead of failing the call. */
export const connectRedis = (url: string): Redis => {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    disconnectTimeout: 100,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  });
  // A lost connection is mended by the client itself; without a listener it would end the process.
  redis.on('error', () => undefined);
  return redis;
};
