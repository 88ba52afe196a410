export { mapping, missingColumns } from './mapping.ts';
export type { Mapping } from './mapping.ts';
export { createInterpreter } from './interpreter.ts';
export type { ImportedEvent, RowOutcome } from './interpreter.ts';
export type { IgnoredBecause } from './deal-so-far.ts';
export type { RowError } from './row-error.ts';
export type { Row } from './row-values.ts';
