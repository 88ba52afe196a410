export { connectEventStore } from './connect.ts';
export type { EventStore, EventStoreOptions } from './connect.ts';
export type { CommandContext, ExecuteRequest, Outcome } from './execute.ts';
export type { Fact, FactsAppended } from './facts.ts';
export type { ReadAllOptions } from './read.ts';
export { CheckpointAheadOfLog, StoreUnavailable, StreamBegunOtherwise, StreamConflict } from './faults.ts';
