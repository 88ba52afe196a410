export { backUp, type BackupRequest } from './backup.ts';
export { startEventStore, type EventStoreOptions, type EventStoreServer } from './server.ts';
export { StartError, type StartErrorCode } from './start-error.ts';
