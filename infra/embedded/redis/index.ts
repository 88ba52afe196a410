export { startRedis } from './start-redis.ts';
export type { RedisOptions, RunningRedis } from './start-redis.ts';
