import { readAgeWeights, readWeights, readWeightsOrNone } from './weights.ts';

describe('weights on the command line', () => {
  it('are told stage by stage', () => expect(readWeights('lead=0.1, need=.4')).toEqual({ lead: 0.1, need: 0.4 }));
  it.each(['', 'need', 'need=', 'need=-0.1', 'need=1,5'])(
    'are refused with an example of what was expected: %s',
    (text) => expect(() => readWeights(text)).toThrow('such as lead=0.1'),
  );
  it('are refused where a stage is told twice', () =>
    expect(() => readWeights('lead=0.1,lead=0.2')).toThrow('lead is there twice'));
  it('may be those that were in force', () => expect(readWeightsOrNone('as-it-was')).toEqual({}));
  it('may differ by how long a deal has stood in its stage, in whatever order they are told', () =>
    expect(readAgeWeights('need:90=.2,need:0=0.6,lead:30=0')).toEqual({
      need: [
        { fromDays: 0, weight: 0.6 },
        { fromDays: 90, weight: 0.2 },
      ],
      lead: [{ fromDays: 30, weight: 0 }],
    }));
  it.each(['need', 'need:=1', 'need:x=1', '=1'])('are refused with an example of what was expected: %s', (text) =>
    expect(() => readAgeWeights(text)).toThrow('such as proposal:0=0.6'),
  );
});
