export { findMongod } from './find-mongod.ts';
export type { Mongod } from './find-mongod.ts';
export { startMongod } from './start-mongod.ts';
export type { MongodOptions, RunningMongod } from './start-mongod.ts';
