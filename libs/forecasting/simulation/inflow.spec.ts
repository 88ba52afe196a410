import { dayMs } from '@funnel/kernel';
import { arrive, inflowOf } from './inflow.ts';
import type { DealsSeen } from './observed.ts';
import { Random } from './random.ts';

const asOf = Date.UTC(2026, 5, 1);
const daysBefore = (...days: readonly number[]): DealsSeen => {
  const none = new Uint32Array(days.length);
  const times = Float64Array.from(days, (each) => asOf - each * dayMs);
  return { stages: none, owners: none, amounts: new Float64Array(days.length), times };
};
const comingIn = (seen: DealsSeen, weeks: number, random = Random.of(1, 1)): [place: number, day: number][] => {
  const came: [number, number][] = [];
  arrive(inflowOf(seen, asOf, weeks), { until: 28 * dayMs, random }, (place, at) => came.push([place, at / dayMs]));
  return came;
};

describe('the inflow', () => {
  it('is learnt from the latest whole weeks, as many as are asked for', () => {
    const inflow = inflowOf(daysBefore(30, 13, 8, 6, 0), asOf, 2);
    expect([inflow.weeks, [...inflow.places], [...inflow.starts]]).toEqual([2, [1, 2, 3, 4], [0, 2, 4]]);
  });
  it('is learnt from no week before the first prospect came', () => {
    expect(inflowOf(daysBefore(30, 13, 8, 6, 0), asOf, 52).weeks).toBe(4);
    expect(inflowOf(daysBefore(3), asOf, 52).weeks).toBe(1);
    expect(inflowOf(daysBefore(), asOf, 52).weeks).toBe(1);
  });
  it('repeats a week on the same days of the week', () =>
    expect(comingIn(daysBefore(4.5, 0), 1)).toEqual([
      ...[
        [0, 2.5],
        [1, 7],
        [0, 9.5],
        [1, 14],
      ],
      ...[
        [0, 16.5],
        [1, 21],
        [0, 23.5],
        [1, 28],
      ],
    ]));
  it('brings about as many as came', () => {
    const seen = daysBefore(...Array.from({ length: 60 }, (_, index) => index + 0.5));
    const counts = Array.from({ length: 400 }, (_, run) => comingIn(seen, 8, Random.of(1, run)).length);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeCloseTo(28, 0);
  });
  it('is nothing where nothing came', () => expect(comingIn(daysBefore(), 13)).toEqual([]));
});
