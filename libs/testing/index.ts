export { specificationOf, stateAfter } from './given-when-then.ts';
export { CheckpointAheadOfLog, MemoryLog } from './memory-log.ts';
