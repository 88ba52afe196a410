import type { QuotaEvent } from '@funnel/sales';
import { journeys } from '../journeys/journeys.ts';
import { day, lost, ofDeal, owned, prospect, recorded, rowsOf, won, type Saying } from '../testing/histories.ts';
import { machines } from '../testing/machines.ts';
import { repIn } from '../testing/people.ts';
import { quotaReport, quotaReports } from './quota-report.ts';
import type { QuotaRequest } from './quota-report.types.ts';
import { quotaAt, quotas } from './quotas.ts';

const set = (subject: string, minor: number): QuotaEvent => ({
  type: 'QuotaSet',
  data: { subject, year: 2026, amount: { minor, currency: 'CNY' } },
});
const quotaRows = rowsOf(quotas, [
  ...recorded<QuotaEvent>('quota-rep-anna-2026', [
    [day(0), set('rep-anna', 1_200_000)],
    [
      day(20),
      {
        type: 'QuotaRevised',
        data: { ...set('rep-anna', 2_400_000).data, shares: [1, 3], reason: 'a second region' },
      },
    ],
  ]),
  ...recorded<QuotaEvent>('quota-team-north-2026', [[day(0), set('team-north', 6_000_000)]]),
]);

describe('the quota of a year', () => {
  it('is kept with what it was before', () => {
    expect(quotaRows.get('rep-anna-2026')).toEqual({
      subject: 'rep-anna',
      year: 2026,
      versions: [
        {
          at: day(0),
          recordedAt: day(1_000),
          revision: 0,
          amount: { minor: 1_200_000, currency: 'CNY' },
          shares: null,
          reason: null,
        },
        {
          at: day(20),
          recordedAt: day(1_000) + 60_000,
          revision: 1,
          amount: { minor: 2_400_000, currency: 'CNY' },
          shares: [1, 3],
          reason: 'a second region',
        },
      ],
    });
    expect([...quotaRows.keys()]).toEqual(['rep-anna-2026', 'team-north-2026']);
  });

  it('counts from the beginning until it is revised', () => {
    const row = quotaRows.get('rep-anna-2026')!;
    expect([day(-30), day(19), day(20)].map((at) => quotaAt(row, at).amount.minor)).toEqual([
      1_200_000, 1_200_000, 2_400_000,
    ]);
  });
});

type Told = [number, Saying][];
const company: Record<string, Told> = {
  // The win stays with Anna though Bert has the customer now.
  sold: [
    [day(0), prospect('lead', { minor: 60_000, region: 'East' })],
    [day(5), won('lead', 60_000)],
    [day(6), owned('anna', 'bert')],
  ],
  before: [
    [day(-40), prospect('lead', { minor: 20_000 })],
    [day(-30), won('lead', 20_000)],
  ],
  gone: [
    [day(0), prospect('lead', { minor: 30_000 })],
    [day(3), lost('lead')],
  ],
  soon: [[day(0), prospect('need', { minor: 40_000, expectedClose: '2026-01-31', region: 'East' })]],
  later: [[day(0), prospect('closing', { minor: 10_000, expectedClose: '2026-02-01' })]],
  berts: [[day(0), prospect('need', { minor: 90_000, ownerId: 'bert', expectedClose: '2026-01-10' })]],
  bertsWin: [
    [day(0), prospect('need', { minor: 70_000, ownerId: 'bert' })],
    [day(8), won('need', 70_000)],
  ],
  nobodys: [[day(0), prospect('need', { minor: 1_000, ownerId: null })]],
  foreign: [[day(0), prospect('need', { minor: 1_000, currency: 'EUR' })]],
  foreignLoss: [
    [day(0), prospect('need', { minor: 1_000, currency: 'EUR' })],
    [day(1), lost('need')],
  ],
};
const reps = [
  repIn('anna', [day(-100), 'north']),
  repIn('bert', [day(-100), 'south'], [day(9), 'north']),
  repIn('carl', [day(-100), 'north']),
];
const asked = (): QuotaRequest => ({
  subject: 'rep-anna',
  period: '2026-01',
  quotas: quotaRows.values(),
  journeys: rowsOf(
    journeys,
    Object.entries(company).flatMap(([id, told]) => ofDeal(id, told)),
  ).values(),
  reps,
  funnels: [machines()],
  asOf: day(10),
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
});
const report = (request: Partial<QuotaRequest> = {}) => quotaReport({ ...asked(), ...request });

describe('a quota report', () => {
  it('sets what was won against the part of the quota that falls into the period', () => {
    expect(report()).toEqual({
      subject: 'rep-anna',
      period: '2026-01',
      from: Date.parse('2026-01-01T00:00:00+08:00'),
      to: Date.parse('2026-02-01T00:00:00+08:00'),
      asOf: day(10),
      currency: 'CNY',
      quota: 100_000n,
      won: 60_000n,
      wonCount: 1,
      attainment: 0.6,
      overAttainment: 0n,
      gap: 40_000n,
      openCount: 2,
      weightedOpen: 29_000n,
      expectedInPeriod: 20_000n,
      coverage: 0.725,
      // Of three closed deals two were won, 800.00 in all: 266.67 a prospect.
      neededProspects: 2,
      members: [],
      otherCurrencyCount: 1,
    });
  });

  it('splits the quota that was in force then', () => {
    expect(report({ asOf: day(20) })).toMatchObject({ quota: 100_000n });
    expect(report({ asOf: day(20), period: '2026-H2' })).toMatchObject({ quota: 1_800_000n });
    expect(report({ asOf: day(19), period: '2026-H2' })).toMatchObject({ quota: 600_000n });
  });

  it('shows what goes beyond the quota, and no gap then', () => {
    const small = rowsOf(quotas, recorded<QuotaEvent>('quota', [[day(0), set('rep-anna', 480_000)]])).values();
    const beyond = { attainment: 1.5, overAttainment: 20_000n, gap: 0n, coverage: null, neededProspects: 0 };
    expect(report({ quotas: small })).toMatchObject({ quota: 40_000n, ...beyond });
  });

  it('says what was won where there is no quota', () => {
    const unknown = { quota: null, attainment: null, overAttainment: null, gap: null, coverage: null };
    expect(report({ subject: 'rep-bert' })).toMatchObject({ ...unknown, won: 70_000n, neededProspects: null });
  });

  it('counts nothing that came later', () => {
    expect(report({ asOf: day(4) })).toMatchObject({ won: 0n, openCount: 3 });
  });

  it('counts a win for the team its owner was in then, and what is open for the team he is in now', () => {
    const north = report({ subject: 'team-north' });
    expect(north).toMatchObject({ quota: 500_000n, won: 60_000n, weightedOpen: 74_000n, expectedInPeriod: 65_000n });
    const lines = north?.members.map(({ repId, name, quota, won, openCount }) => [repId, name, quota, won, openCount]);
    expect(lines).toEqual([
      ['anna', 'Anna', 100_000n, 60_000n, 2],
      ['bert', 'Bert', null, 0n, 1],
      ['carl', 'Carl', null, 0n, 0],
    ]);
    expect(report({ subject: 'team-south' })).toMatchObject({ won: 70_000n, openCount: 0 });
  });

  it('shows every rep of the company, and what nobody owns', () => {
    const all = report({ subject: 'company' });
    expect(all).toMatchObject({ won: 130_000n, wonCount: 2, openCount: 4, otherCurrencyCount: 1 });
    expect(all?.members.map(({ repId }) => repId)).toEqual(['anna', 'bert', 'carl', null]);
    expect(all?.members.at(-1)).toMatchObject({ openCount: 1, weightedOpen: 500n, quota: null });
  });

  it('does not compare with a quota in another currency', () => {
    const inEuros = { ...set('rep-anna', 1_200_000).data, amount: { minor: 1_200_000, currency: 'EUR' } };
    const rows = rowsOf(
      quotas,
      recorded<QuotaEvent>('quota', [[day(0), { type: 'QuotaSet', data: inEuros }]]),
    ).values();
    expect(report({ subject: 'company', quotas: rows })?.members[0]).toMatchObject({ repId: 'anna', quota: null });
  });

  it('takes the customers of a region for a territory', () => {
    expect(report({ subject: 'territory-East' })).toMatchObject({ won: 60_000n, openCount: 1 });
  });

  it('names a rep by his id where nobody introduced him', () => {
    expect(report({ subject: 'company', reps: [] })?.members[0]).toMatchObject({ repId: 'anna', name: 'anna' });
  });

  it('needs a period', () => {
    expect(report({ period: '2026-13' })).toBeUndefined();
  });
});

describe('the quotas of several subjects', () => {
  it('are what each one’s report says', () => {
    const subjects = ['team-north', 'team-south', 'rep-anna'];
    const together = quotaReports(asked(), subjects);
    expect(together).toEqual(subjects.map((subject) => report({ subject })));
    expect(together?.map(({ won }) => won).every((won) => won > 0n)).toBe(true);
  });

  it('are nothing for a period that is none', () =>
    expect(quotaReports({ ...asked(), period: '2026-13' }, ['company'])).toBeUndefined());
});
