import fc from 'fast-check';
import { Progress } from './progress.ts';

const eager = { checkpointAfter: 1000, minCheckpointCount: 1, maxCheckpointCount: 1 };

describe('the progress of a group', () => {
  it('is at the last event of which all before are handled', () => {
    const progress = new Progress(eager, 9);
    const [first, second, third] = [10, 20, 30].map((place) => progress.begin(place));
    progress.finish(second!);
    expect(progress.checkpoint(0, false)).toBeUndefined();
    progress.finish(first!);
    expect(progress.checkpoint(0, false)).toBe(20);
    expect(progress.checkpoint(0, false)).toBeUndefined();
    progress.finish(third!);
    expect(progress.checkpoint(0, false)).toBe(30);
  });

  it('counts what is for nobody', () => {
    const progress = new Progress({ ...eager, maxCheckpointCount: 100 }, 0);
    const first = progress.begin(1);
    progress.pass(100, 99);
    expect(progress.checkpoint(0, false)).toBeUndefined();
    progress.finish(first);
    expect(progress.checkpoint(0, false)).toBe(100);
  });

  it('goes up to just before what is not handled, over what is for nobody', () => {
    const progress = new Progress(eager, 0);
    progress.pass(50, 50);
    progress.begin(51);
    expect(progress.checkpoint(0, false)).toBe(50);
  });

  it('is written down by the clock at the minimum count, and without it at the maximum count', () => {
    const progress = new Progress({ checkpointAfter: 1000, minCheckpointCount: 3, maxCheckpointCount: 5 }, 0);
    const handle = (place: number): void => progress.finish(progress.begin(place));
    handle(1);
    handle(2);
    expect(progress.checkpoint(0, true)).toBeUndefined();
    handle(3);
    expect(progress.checkpoint(0, false)).toBeUndefined();
    expect(progress.checkpoint(0, true)).toBe(3);
    [4, 5, 6].forEach(handle);
    expect(progress.checkpoint(999, true)).toBeUndefined();
    expect(progress.checkpoint(1000, true)).toBe(6);
    [7, 8, 9, 10, 11].forEach(handle);
    expect(progress.checkpoint(1001, false)).toBe(11);
  });

  it('is not written down by the clock if there is no time between two checkpoints', () => {
    const progress = new Progress({ checkpointAfter: 0, minCheckpointCount: 1, maxCheckpointCount: 5 }, 0);
    progress.finish(progress.begin(1));
    expect(progress.checkpoint(1e9, true)).toBeUndefined();
  });

  it('is not written down twice', () => {
    const progress = new Progress({ checkpointAfter: 1, minCheckpointCount: 0, maxCheckpointCount: 5 }, 0);
    progress.finish(progress.begin(1));
    expect([progress.checkpoint(0, true), progress.checkpoint(1000, true)]).toEqual([1, undefined]);
  });

  it('never passes what is not handled, in whatever order things are handled', () => {
    const steps = fc.array(fc.record({ isWanted: fc.boolean(), finishes: fc.nat({ max: 5 }) }), { minLength: 1 });
    fc.assert(
      fc.property(steps, (all) => {
        const progress = new Progress(eager, 0);
        const open: { place: number; number: number }[] = [];
        for (const [index, { isWanted, finishes }] of all.entries()) {
          const place = index + 1;
          if (isWanted) open.push({ place, number: progress.begin(place) });
          else progress.pass(place, 1);
          const [finished] = open.splice(finishes, 1);
          if (finished) progress.finish(finished.number);
          const written = progress.checkpoint(0, false);
          const lowest = Math.min(place + 1, ...open.map((event) => event.place));
          if (written !== undefined) expect(written).toBe(lowest - 1);
        }
      }),
    );
  });
});
