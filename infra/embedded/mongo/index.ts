export { startMongo } from './start.ts';
