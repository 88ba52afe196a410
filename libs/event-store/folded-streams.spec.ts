import { logStart } from '@funnel/kernel';
import { type Folded, FoldedStreams } from './folded-streams.ts';
import { counter } from './testing/counter.ts';

const folded = (state: number): Folded<number> => ({
  ...{ state, revision: 0, hash: '', position: logStart },
  commands: new Map(),
});

describe('the streams that a store remembers', () => {
  it('are bounded: the one that was not used for longest is forgotten', () => {
    const streams = new FoldedStreams(2);
    streams.keep('deal-1', counter, folded(1));
    streams.keep('deal-2', counter, folded(2));
    streams.find('deal-1', counter);
    streams.keep('deal-3', counter, folded(3));
    const states = ['deal-1', 'deal-2', 'deal-3'].map((stream) => streams.find(stream, counter)?.state);
    expect(states).toEqual([1, undefined, 3]);
  });

  it('are known to the decider that folded them only', () => {
    const streams = new FoldedStreams(2);
    streams.keep('deal-1', counter, folded(1));
    expect(streams.find('deal-1', { ...counter })).toBeUndefined();
  });

  it('can be dropped', () => {
    const streams = new FoldedStreams(2);
    streams.keep('deal-1', counter, folded(1));
    streams.drop('deal-1');
    expect(streams.find('deal-1', counter)).toBeUndefined();
  });
});
