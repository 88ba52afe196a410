import type { RepEvent, TeamEvent } from '@funnel/sales';
import { day, recorded, rowsOf } from '../testing/histories.ts';
import { reps, teams } from './people.ts';
import { teamAt, teamsOf } from './teams-at.ts';

const rows = rowsOf(reps, [
  ...recorded<RepEvent>('rep-anna', [
    [day(1), { type: 'RepJoined', data: { repId: 'anna', name: 'Anna', teamId: 'north' } }],
    [day(9), { type: 'RepMoved', data: { repId: 'anna', from: 'north', to: 'south' } }],
    [day(12), { type: 'RepMoved', data: { repId: 'anna', from: 'south', to: null } }],
  ]),
  ...recorded<RepEvent>('rep-bert', [
    [day(1), { type: 'RepJoined', data: { repId: 'bert', name: 'Bert', teamId: 'south', email: 'bert@example.org' } }],
  ]),
]);

describe('a rep', () => {
  it('has the teams he was in, in order', () => {
    expect(rows.get('anna')).toEqual({
      repId: 'anna',
      name: 'Anna',
      email: null,
      joinedAt: day(1),
      memberships: [
        { at: day(1), recordedAt: day(1_000), revision: 0, teamId: 'north' },
        { at: day(9), recordedAt: day(1_000) + 60_000, revision: 1, teamId: 'south' },
        { at: day(12), recordedAt: day(1_000) + 120_000, revision: 2, teamId: null },
      ],
    });
    expect(rows.get('bert')).toMatchObject({ email: 'bert@example.org' });
  });

  it('is in the team of the time asked for', () => {
    const anna = rows.get('anna')!;
    expect([day(0), day(8), day(9), day(12)].map((at) => teamAt(anna, at))).toEqual(['north', 'north', 'south', null]);
  });

  it('is in no team when nobody knows him', () => {
    const team = teamsOf(rows.values());
    expect([team('bert', day(2)), team('carl', day(2)), team(null, day(2))]).toEqual(['south', null, null]);
  });
});

describe('a team', () => {
  it('keeps what it was called and who led it', () => {
    const row = rowsOf(teams, [
      ...recorded<TeamEvent>('team-north', [
        [day(1), { type: 'TeamDefined', data: { teamId: 'north', name: 'North' } }],
        [day(2), { type: 'TeamDefined', data: { teamId: 'north', name: 'North-East', leaderId: 'anna' } }],
      ]),
      ...recorded<TeamEvent>('team-south', [
        [day(1), { type: 'TeamDefined', data: { teamId: 'south', name: 'South' } }],
      ]),
    ]).get('north');
    expect(row).toEqual({
      teamId: 'north',
      versions: [
        { at: day(1), recordedAt: day(1_000), revision: 0, name: 'North', leaderId: null },
        { at: day(2), recordedAt: day(1_000) + 60_000, revision: 1, name: 'North-East', leaderId: 'anna' },
      ],
    });
  });
});
