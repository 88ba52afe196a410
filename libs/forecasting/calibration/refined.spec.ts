import type { DefinedFunnel } from '@funnel/sales';
import { counted } from '../reforecast/counting.ts';
import {
  advanced,
  day,
  historyOf,
  lost,
  machines,
  ofDeal,
  prospect,
  won,
  type DealHistory,
} from '../testing/histories.ts';
import { finelyCounted } from './fine-cells.ts';
import { refine } from './refined.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const asked = {
  ...{ funnelId: 'machines', horizonDays: null },
  ...{ learntOn: [day(9), day(29)], judgedOn: [day(109), day(129)] },
};
const told = (deals: readonly DealHistory[]) => historyOf(deals.flatMap((each, index) => ofDeal(`d${index}`, each)));
const refined = (deals: readonly DealHistory[], said: Partial<Parameters<typeof refine>[2]> = {}) =>
  refine(told(deals), funnel, { ...asked, ageDays: [10], segment: 'total', ...said });

const leads = (
  count: number,
  from: number,
  end: readonly [days: number, ownerId?: string],
  closing: DealHistory[number][1],
) =>
  new Array<DealHistory>(count).fill([
    [day(from), prospect('lead', { minor: 100, ownerId: end[1] ?? 'anna' })],
    [day(from + end[0]), closing],
  ]);

/** Young leads are won in three of four cases; those that have stood for 20 days and more never are. */
const history = (from: number): DealHistory[] => [...leads(30, from, [20], won(100)), ...leads(10, from, [60], lost)];

describe('weights by time in stage', () => {
  it('are learnt for each bucket of days, from how long deals had stood by then', () => {
    const { cells } = refined([...history(0), ...history(100)]);
    expect(cells).toMatchObject([
      {
        ...{ stage: 'lead', fromDays: 0, untilDays: 10, segment: 'total' },
        ...{ count: 40, deals: 40, wins: 30, amount: 4_000n, realized: 3_000n, byCount: 7_500, byAmount: 7_500 },
      },
      { stage: 'lead', fromDays: 10, untilDays: null, count: 10, deals: 10, wins: 0, byCount: 0 },
    ]);
    const [young, old] = cells;
    expect(young!.interval!.low).toBeCloseTo(0.598, 3);
    // The stage as a whole is worth 0.6: neither cell is believed entirely.
    expect(young!.weight).toBeGreaterThan(6_000);
    expect(young!.weight).toBeLessThan(7_500);
    expect(old!.weight).toBeGreaterThan(0);
    expect(old!.credibility).toBeLessThan(young!.credibility);
  });

  it('begin anew when a deal enters another stage', () => {
    const moved: DealHistory = [
      [day(0), prospect('lead')],
      [day(8), advanced('need')],
    ];
    expect(refined([moved]).cells).toMatchObject([
      { stage: 'need', fromDays: 0, untilDays: 10, count: 1 },
      { stage: 'need', fromDays: 10, untilDays: null, count: 1 },
    ]);
  });

  it('counts a deal in a bucket once for each period end, and tells that it is one deal', () =>
    expect(refined([[[day(-30), prospect('lead')]]], { ageDays: [5] }).cells).toMatchObject([{ count: 2, deals: 1 }]));

  it('are judged after the split, where they know more than the stage does', () => {
    const deals = [...history(0), ...history(100)];
    const byAge = refined(deals).judged;
    const byStage = refined(deals, { ageDays: [] }).judged;
    expect(byAge.brier!).toBeLessThan(byStage.brier!);
    // Young leads at the one end, old ones at the other.
    expect(byAge.reliability.map(({ count, wins }) => [count, wins])).toEqual([
      [10, 0],
      [40, 30],
    ]);
    expect(byStage.reliability).toEqual([{ weight: 6_000, count: 50, wins: 30 }]);
    expect(byStage).toMatchObject({ wape: 0.4, bias: 0 });
  });
});

describe('weights by segment', () => {
  const deals = [
    ...leads(20, 0, [20], won(100)),
    ...leads(20, 0, [20, 'ben'], lost),
    ...leads(4, 100, [20, 'carl'], lost),
  ];
  it('tell apart whose deals they were', () =>
    expect(refined(deals, { ageDays: [], segment: 'owner' }).cells).toMatchObject([
      { segment: 'anna', fromDays: 0, untilDays: null, count: 20, wins: 20, credibility: 1, weight: 10_000 },
      { segment: 'ben', count: 20, wins: 0, weight: 0 },
    ]));
  it('believe nobody more because his deals were counted more often', () => {
    const believed = (days: number) => {
      const of = (ownerId: string, count: number) => [
        ...leads(count, 0, [days, ownerId], won(100)),
        ...leads(20 - count, 0, [days, ownerId], lost),
      ];
      const { cells } = refined([...of('anna', 14), ...of('ben', 8)], { ageDays: [], segment: 'owner' });
      return cells.map(({ count, deals, credibility }) => ({ count, deals, credibility }));
    };
    const [once, twice] = [believed(20), believed(40)];
    expect(twice).toEqual(once.map((cell) => ({ ...cell, count: 40 })));
    expect(once[0]!.credibility).toBeGreaterThan(0);
  });
  it('give somebody who is new what the stage is worth', () =>
    expect(refined(deals, { ageDays: [], segment: 'owner' }).judged.reliability).toEqual([
      { weight: 5_000, count: 4, wins: 0 },
    ]));
});

describe('the cells of a calibration', () => {
  it('come to the same as those of a re-forecast where age is not asked for', () => {
    const deals = [...history(0), ...leads(3, 5, [7, 'ben'], won(70)), ...history(100)];
    const question = { funnelId: 'machines', ends: [...asked.learntOn, ...asked.judgedOn], horizonDays: 15 };
    const fine = finelyCounted(told(deals), funnel, { ...question, ageDays: [], segment: 'owner' });
    const { cells, groups } = counted(told(deals), funnel, { ...question, by: 'owner' });
    expect(
      fine.map(({ period, stage, segment, count, wins, amount, realized }) => {
        return [period, stage, segment, count, wins, amount.total, realized.total];
      }),
    ).toEqual(
      expect.arrayContaining(
        cells.map(({ period, stage, group, count, wins, amount, realized }) => {
          return [period, stage, groups[group], count, wins, amount, realized];
        }),
      ),
    );
    expect(fine).toHaveLength(cells.length);
  });
});
