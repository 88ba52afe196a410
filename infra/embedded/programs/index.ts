export { ServerUnavailable } from './server-unavailable.ts';
