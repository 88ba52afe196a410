import { tombstoneRevision } from './record.ts';
import { judge, type ExpectedRevision, type StreamFacts } from './revisions.ts';

/** A stream that holds the given ids, one a revision. */
const stream = (ids: string[], facts: Partial<StreamFacts> = {}): StreamFacts => ({
  last: ids.length - 1,
  softDeleted: false,
  hasMetadata: () => false,
  recent: (id) => (ids.includes(id) ? ids.indexOf(id) : undefined),
  idAt: (revision) => ids[revision],
  ...facts,
});

const conflict = { kind: 'conflict' };
const deleted = { kind: 'deleted' };
const write = { kind: 'write', recreate: false };
const recreate = { kind: 'write', recreate: true };
const repeat = (last: number) => ({ kind: 'repeat', last });

describe('an append', () => {
  it.each<[string[], ExpectedRevision, StreamFacts, object]>([
    // New events.
    [['a'], 'any', stream([]), write],
    [['a'], 'no_stream', stream([]), write],
    [['a'], 'stream_exists', stream([]), conflict],
    [['a'], 'stream_exists', stream([], { hasMetadata: () => true }), write],
    [['a'], 0, stream([]), conflict],
    [['c'], 1, stream(['a', 'b']), write],
    [['c'], 0, stream(['a', 'b']), conflict],
    [['c'], 2, stream(['a', 'b']), conflict],
    [['c'], 'no_stream', stream(['a', 'b']), conflict],
    [['c'], 'stream_exists', stream(['a', 'b']), write],
    // The same events again.
    [['a', 'b'], 'no_stream', stream(['a', 'b', 'c']), repeat(1)],
    [['b', 'c'], 0, stream(['a', 'b', 'c']), repeat(2)],
    [['b'], 'any', stream(['a', 'b', 'c']), repeat(1)],
    [['b'], 'stream_exists', stream(['a', 'b', 'c']), repeat(1)],
    [['c', 'd'], 1, stream(['a', 'b', 'c']), conflict],
    [['c', 'd'], 'any', stream(['a', 'b', 'c']), conflict],
    [['d', 'c'], 'any', stream(['a', 'b', 'c']), write],
    [['b'], 'any', stream(['a', 'b', 'c'], { recent: () => undefined }), write],
    // No events.
    [[], 'any', stream(['a']), write],
    [[], 0, stream(['a']), write],
    [[], 'no_stream', stream(['a']), conflict],
    // A soft-deleted stream.
    [['c'], 'any', stream(['a', 'b'], { softDeleted: true }), recreate],
    [['c'], 'no_stream', stream(['a', 'b'], { softDeleted: true }), recreate],
    [['c'], 1, stream(['a', 'b'], { softDeleted: true }), recreate],
    [['c'], 0, stream(['a', 'b'], { softDeleted: true }), conflict],
    [['c'], 'stream_exists', stream(['a', 'b'], { softDeleted: true }), deleted],
    [['a'], 'no_stream', stream(['a', 'b'], { softDeleted: true }), repeat(0)],
    [['a', 'c'], 'no_stream', stream(['a', 'b'], { softDeleted: true }), conflict],
    [[], 'any', stream(['a', 'b'], { softDeleted: true }), recreate],
    // A tombstoned one.
    [['a'], 'any', stream(['a'], { last: tombstoneRevision }), deleted],
    [['a'], 'no_stream', stream(['a'], { last: tombstoneRevision }), deleted],
  ])('of %j expecting %s', (ids, expected, facts, verdict) => {
    expect(judge(ids, expected, facts)).toEqual(verdict);
  });
});
