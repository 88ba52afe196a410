import { Redis } from 'ioredis';

/** Whether Redis answers within a second. @throws the connection's fault */
export const pingRedis = async (url: string): Promise<void> => {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 1_000,
    // How long a closed connection may linger; the default would keep a process alive for two seconds.
    disconnectTimeout: 100,
    commandTimeout: 1_000,
    retryStrategy: () => null,
  });
  let reason: unknown;
  redis.on('error', (fault) => (reason = fault));
  try {
    await redis.connect();
    await redis.ping();
  } catch (fault) {
    // What the call fails with says only that the connection is closed.
    throw reason ?? fault;
  } finally {
    redis.disconnect();
  }
};
