import { specificationOf } from '@funnel/testing';
import { iso, july } from '../deal/deal.fixtures.ts';
import { rep } from './rep.ts';
import { team } from './team.ts';

const dated = { at: july(10), now: july(10) };

describe('a rep', () => {
  const given = specificationOf(rep);
  const anna = { repId: 'anna', name: 'Anna', teamId: 'north' };
  const joined = { type: 'RepJoined', at: july(5), data: anna } as const;
  const moved = { type: 'RepMoved', at: july(6), data: { repId: 'anna', from: 'north', to: 'south' } } as const;
  const join = { type: 'JoinRep', profile: anna, ...dated } as const;
  const moveTo = (to: string | null, at = july(10)) => ({ type: 'MoveRep', repId: 'anna', to, ...dated, at }) as const;

  it('joins', () => given().when(join).then({ type: 'RepJoined', data: anna }));
  it('joins once', () => given(joined).when(join).then());
  it('is not another one of the same id', () =>
    given(joined)
      .when({ ...join, profile: { ...anna, name: 'Anne' } })
      .thenRejected('rep-exists'));
  it('moves to another team, or out of any', () => {
    given(joined)
      .when(moveTo('south'))
      .then({ type: 'RepMoved', data: { repId: 'anna', from: 'north', to: 'south' } });
    given(joined)
      .when(moveTo(null))
      .then({ type: 'RepMoved', data: { repId: 'anna', from: 'north', to: null } });
  });
  it('does not move to the team he is in', () => given(joined, moved).when(moveTo('south')).then());
  it('must have joined to move', () => {
    given().when(moveTo('south')).thenRejected('rep-absent');
    given(moved).when(moveTo('south')).thenRejected('rep-absent');
  });
  it('does not move before his latest move, nor in the future', () => {
    given(joined, moved)
      .when(moveTo('north', july(5)))
      .thenRejected('occurred-before-latest-change', { facet: 'team', latest: iso(july(6)) });
    given(joined)
      .when(moveTo('south', july(11)))
      .thenRejected('occurred-in-future');
  });
});

describe('a team', () => {
  const given = specificationOf(team);
  const north = { teamId: 'north', name: 'North', leaderId: 'boss' };
  const defined = { type: 'TeamDefined', at: july(5), data: north } as const;
  const define = { type: 'DefineTeam', profile: north, ...dated } as const;
  const renamed = { ...define, profile: { ...north, name: 'North & East' } };

  it('is defined', () => given().when(define).then({ type: 'TeamDefined', data: north }));
  it('is defined once', () => given(defined).when(define).then());
  it('may get another name or leader', () =>
    given(defined).when(renamed).then({ type: 'TeamDefined', data: renamed.profile }));
  it('is not defined before its latest definition, nor in the future', () => {
    given(defined)
      .when({ ...renamed, at: july(4) })
      .thenRejected('occurred-before-latest-change', { facet: 'team', latest: iso(july(5)) });
    given()
      .when({ ...define, at: july(11) })
      .thenRejected('occurred-in-future');
  });
});
