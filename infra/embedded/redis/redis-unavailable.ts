/** Redis is missing or did not start. The message is meant for the person at the terminal and says what to do. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}

/** Throws once the start is given up. */
export const goOn = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new RedisUnavailable('The start of redis-server was given up.');
};
