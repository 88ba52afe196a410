import { inForce, withVersion, type Versions } from './versions.ts';

describe('versions', () => {
  it('stand by business time, those of one instant as they were recorded', () => {
    const told = [3, 1, 2, 1].map((at, recordedAs) => ({ at, recordedAs }));
    const versions = told.reduce<readonly { at: number; recordedAs: number }[]>(withVersion, []);
    expect(versions.map(({ at, recordedAs }) => [at, recordedAs])).toEqual([
      [1, 1],
      [1, 3],
      [2, 2],
      [3, 0],
    ]);
  });

  it('of one instant are outdone by the one recorded last', () => {
    const versions: Versions<{ at: number; name: string }> = [
      { at: 1, name: 'first' },
      { at: 5, name: 'second' },
      { at: 5, name: 'third' },
    ];
    expect([0, 4, 5].map((at) => inForce(versions, at).name)).toEqual(['first', 'first', 'third']);
  });
});
