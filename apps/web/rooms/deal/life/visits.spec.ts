import { line } from '../testing/history.ts';
import { staysUntil, visitsOf } from './visits.ts';

const day = (number: number) => Date.parse(`2026-01-${String(number).padStart(2, '0')}T00:00:00Z`);
const life = [
  line(1, 'ProspectAdded', { stage: 'lead' }),
  line(4, 'StageAdvanced', { from: 'lead', to: 'need' }),
  line(5, 'ContactLogged', { kind: 'call' }),
  line(9, 'StageRegressed', { from: 'need', to: 'lead' }),
  line(11, 'StageAdvanced', { from: 'lead', to: 'need' }),
  line(20, 'DealLost', { stage: 'need', reason: 'price' }),
  line(25, 'DealReopened', { stage: 'need', reason: 'they called' }),
];

describe('the stays of a deal', () => {
  it('follow each other until it is closed, and begin anew when it is reopened', () => {
    expect(visitsOf(life)).toEqual([
      { stage: 'lead', way: 'added', from: day(1), until: day(4) },
      { stage: 'need', way: 'advanced', from: day(4), until: day(9) },
      { stage: 'lead', way: 'regressed', from: day(9), until: day(11) },
      { stage: 'need', way: 'advanced', from: day(11), until: day(20) },
      { stage: 'need', way: 'reopened', from: day(25), until: null },
    ]);
  });

  it('are told by business time, also where a move was recorded late', () => {
    const late = [life[0]!, life[3]!, life[1]!];
    expect(visitsOf(late).map(({ stage }) => stage)).toEqual(['lead', 'need', 'lead']);
  });

  it('add up per stage as of any day of its life', () => {
    const stays = staysUntil(visitsOf(life), day(12));
    expect(stays.get('lead')).toEqual({ visits: 2, seconds: 5 * 86_400, isPresent: false, cameBack: true });
    expect(stays.get('need')).toEqual({ visits: 2, seconds: 6 * 86_400, isPresent: true, cameBack: false });
  });

  it('know nothing yet of the day before the deal was added', () => {
    expect(staysUntil(visitsOf(life), day(1) - 1).size).toBe(0);
  });

  it('stand still while the deal is closed', () => {
    expect(staysUntil(visitsOf(life), day(24)).get('need')).toMatchObject({ seconds: 14 * 86_400, isPresent: false });
  });
});
