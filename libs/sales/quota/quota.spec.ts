import type { Dated } from '@funnel/kernel';
import { specificationOf } from '@funnel/testing';
import { cny, iso, july } from '../deal/deal.fixtures.ts';
import { shares, type QuotaEvent } from './quota.events.ts';
import { quota, type YearlyQuota } from './quota.ts';

const given = specificationOf(quota);
const annas: YearlyQuota = { subject: 'rep-anna', year: 2026, amount: cny(1_000_000_00), shares: [1, 2, 3, 4] };
const set = (said: YearlyQuota, at = july(10), reason?: string) =>
  ({ type: 'SetQuota', quota: said, at, now: july(10), reason }) as const;
const known: Dated<QuotaEvent> = { type: 'QuotaSet', at: july(5), data: annas };
const raised = { ...annas, amount: cny(1_200_000_00) };

describe('setting a quota', () => {
  it('records the amount and its shares', () => given().when(set(annas)).then({ type: 'QuotaSet', data: annas }));
  it('says nothing new when it is set so already', () => given(known).when(set(annas)).then());
  it('revises it, with the reason', () =>
    given(known)
      .when(set(raised, july(10), 'new region'))
      .then({ type: 'QuotaRevised', data: { ...raised, reason: 'new region' } }));
  it('says nothing new when it was revised so already', () =>
    given(known, { type: 'QuotaRevised', at: july(6), data: { ...raised, reason: 'new region' } })
      .when(set(raised))
      .then());
  it('revises the shares alone', () =>
    given(known)
      .when(set({ ...annas, shares: undefined }))
      .then({ type: 'QuotaRevised', data: { ...annas, shares: undefined } }));
  it('takes a quota of nothing but none below', () => {
    given()
      .when(set({ ...annas, amount: cny(0) }))
      .then({ type: 'QuotaSet', data: { ...annas, amount: cny(0) } });
    given()
      .when(set({ ...annas, amount: cny(-1) }))
      .thenRejected('amount-negative');
  });
  it('may not be dated in the future', () =>
    given()
      .when(set(annas, july(11)))
      .thenRejected('occurred-in-future'));
  it('may not be dated before the latest revision', () =>
    given(known)
      .when(set(raised, july(4)))
      .thenRejected('occurred-before-latest-change', { facet: 'quota', latest: iso(july(5)) }));
});

describe('the shares of a quota', () => {
  it.each([[[1, 1]], [[0, 0, 0.000_001, 0]], [Array.from({ length: 12 }, () => 1_000_000)]])('may be %j', (list) =>
    expect(shares.safeParse(list).success).toBe(true),
  );
  it.each([[[1]], [[1, 1, 1]], [[0, 0]], [[1, -1]], [[1, 0.000_000_1]], [[1, 1_000_001]]])('may not be %j', (list) =>
    expect(shares.safeParse(list).success).toBe(false),
  );
});
