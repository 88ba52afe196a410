import { dayMs } from '@funnel/kernel';
import fc from 'fast-check';
import { dueAt, latestOverdueSince, type DwellLimit } from './limits.ts';

const shanghai = 'Asia/Shanghai';
const calendar = (maxDwellDays: number): DwellLimit => ({ maxDwellDays, dwellIn: 'calendar-days' });
const business = (maxDwellDays: number): DwellLimit => ({ maxDwellDays, dwellIn: 'business-days' });
const due = (since: string, limit: DwellLimit, timeZone = shanghai) => {
  const at = dueAt(Date.parse(since), limit, timeZone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('a stay in a stage', () => {
  it('is never overdue where the stage has no limit', () => {
    const unlimited: DwellLimit = { maxDwellDays: null, dwellIn: 'business-days' };
    expect(dueAt(0, unlimited, shanghai)).toBeUndefined();
    expect(latestOverdueSince(0, unlimited, shanghai)).toBeUndefined();
  });
  it('counts calendar days as 24 hours each', () => {
    expect(due('2026-07-03T10:00:00+08:00', calendar(7))).toBe('2026-07-10T02:00:00.000Z');
    expect(due('2026-07-03T10:00:00+08:00', calendar(0.5))).toBe('2026-07-03T14:00:00.000Z');
  });
  // 3 July 2026 is a Friday.
  it('does not count the weekend in business days', () =>
    expect(due('2026-07-03T10:00:00+08:00', business(1))).toBe('2026-07-06T02:00:00.000Z'));
  it('begins on Monday 00:00 when the deal came on a weekend', () =>
    expect(due('2026-07-04T15:00:00+08:00', business(2))).toBe('2026-07-07T16:00:00.000Z'));
  it('is over on Saturday 00:00 when Friday was its last day', () =>
    expect(due('2026-07-03T00:00:00+08:00', business(1))).toBe('2026-07-03T16:00:00.000Z'));
  it('crosses as many weekends as it takes', () =>
    expect(due('2026-07-01T09:00:00+08:00', business(20))).toBe('2026-07-29T01:00:00.000Z'));
  it("has its weekend in the company's time zone", () =>
    expect(due('2026-07-03T20:00:00Z', business(1), 'America/New_York')).toBe('2026-07-06T20:00:00.000Z'));
  it('counts hours, not dates, over a change of the clock', () =>
    expect(due('2026-10-23T12:00:00Z', business(1), 'Europe/Berlin')).toBe('2026-10-26T13:00:00.000Z'));
});

describe('the stays that are overdue at an instant', () => {
  const limits = fc.record({
    maxDwellDays: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.001, max: 60, noNaN: true })),
    dwellIn: fc.constantFrom<DwellLimit['dwellIn'][]>('calendar-days', 'business-days'),
  });
  const zones = fc.constantFrom(shanghai, 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Amman');
  const instants = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) });

  it('are exactly those that began until then and came due until then', () =>
    fc.assert(
      fc.property(limits, zones, instants, (limit, timeZone, now) => {
        const latest = latestOverdueSince(now, limit, timeZone) ?? NaN;
        expect(dueAt(latest, limit, timeZone)).toBeLessThanOrEqual(now);
        expect(dueAt(latest + 1, limit, timeZone)).toBeGreaterThan(now);
      }),
      { numRuns: 500 },
    ));
  it('came due in the order in which they began, never earlier than a calendar would say', () =>
    fc.assert(
      fc.property(limits, zones, fc.tuple(instants, instants), (limit, timeZone, pair) => {
        const [earlier, later] = pair.sort((a, b) => a - b) as [number, number];
        const dues = [earlier, later].map((since) => dueAt(since, limit, timeZone) ?? NaN) as [number, number];
        expect(dues[0]).toBeLessThanOrEqual(dues[1]);
        expect(dues[0] - earlier).toBeGreaterThanOrEqual(Math.round((limit.maxDwellDays ?? 0) * dayMs));
      }),
      { numRuns: 300 },
    ));
});
