/** A standalone server has nobody to replicate to, and no history to read from. */
import { type Document, isDocument } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { checkFlag, unknownField, wrongType } from '../field-faults.ts';
import { typeName } from '../matching/types.ts';
import { isNumber, toNumber } from '../numbers.ts';

const checkFields = (concern: Document, name: string, known: readonly string[]): void => {
  const unknown = Object.keys(concern).find((field) => !known.includes(field));
  if (unknown !== undefined) throw unknownField(`${name}.${unknown}`);
};

const mostMembers = 50;

const checkMembers = (count: number): void => {
  if (!(count >= 0 && count <= mostMembers)) {
    throw failure(
      'FailedToParse',
      `w has to be a non-negative number and not greater than ${mostMembers}; found: ${count}`,
    );
  }
  if (Math.trunc(count) > 1) throw failure('BadValue', "cannot use 'w' > 1 when a host is not replicated");
};

const checkTags = (tags: Document): void => {
  const values = Object.values(tags);
  if (values.length === 0) throw failure('FailedToParse', 'tagged write concern requires tags');
  const other = values.find((value) => !isNumber(value));
  if (other === undefined) return;
  throw failure(
    'FailedToParse',
    `tags must be a single level document with only number values; found: ${typeName(other)}`,
  );
};

const checkMode = (mode: string): void => {
  if (mode === 'majority') return;
  throw failure('BadValue', `cannot use non-majority 'w' mode "${mode}" when a host is not a member of a replica set`);
};

/** Whom a write has to have reached: so many members, members with tags, or a mode by its name. */
const checkReach = (w: unknown): void => {
  if (isNumber(w)) checkMembers(toNumber(w));
  else if (typeof w === 'string' || w === null) checkMode(w ?? '');
  else if (isDocument(w)) checkTags(w);
  else throw failure('FailedToParse', `w has to be a number, string, or object; found: ${typeName(w)}`);
};

const writeFields = ['w', 'j', 'fsync', 'wtimeout', 'wElectionId', 'wOpTime', 'getLastError', 'provenance'];

const checkWriteConcern = (concern: Document): void => {
  checkFields(concern, 'writeConcern', writeFields);
  const { w, j, wtimeout } = concern;
  checkFlag('writeConcern.j', j);
  if (isNumber(wtimeout) && toNumber(wtimeout) >= 2 ** 31) {
    throw failure('FailedToParse', 'wtimeout must be a 32-bit integer');
  }
  if (w !== undefined) checkReach(w);
};

const readFields = [
  ...['level', 'afterOpTime', 'afterClusterTime', 'atClusterTime', 'provenance'],
  ...['allowTransactionTableSnapshot', 'waitLastStableRecoveryTimestamp'],
];
const levels = ['local', 'available', 'majority', 'linearizable', 'snapshot'];

const checkReadConcern = (concern: Document): void => {
  checkFields(concern, 'readConcern', readFields);
  const { level = null } = concern;
  if (level === null) return;
  if (typeof level !== 'string') throw wrongType('readConcern.level', level, "type 'string'");
  if (!levels.includes(level)) {
    throw failure('BadValue', `Enumeration value '${level}' for field 'readConcern.level' is not a valid value.`);
  }
  if (level === 'snapshot') {
    throw failure('NotAReplicaSet', 'node needs to be a replica set member to use readConcern: snapshot');
  }
  if (level === 'linearizable') {
    throw failure('NotAReplicaSet', 'node needs to be a replica set member to use read concern');
  }
};

/** The commands of the data that never write. */
const reading = new Set([
  'find',
  'count',
  'distinct',
  'getMore',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
]);

export const checkConcerns = (command: Command): void => {
  const written = command.document('writeConcern');
  if (written && reading.has(command.name)) throw failure('InvalidOptions', 'Command does not support writeConcern');
  if (written) checkWriteConcern(written);
  const read = command.document('readConcern');
  if (read) checkReadConcern(read);
};
