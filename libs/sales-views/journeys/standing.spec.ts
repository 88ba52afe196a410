import {
  advanced,
  contacted,
  day,
  lost,
  ofDeal,
  owned,
  planned,
  prospect,
  reopened,
  rowsOf,
  stepped,
  weighed,
  won,
  worth,
  type Saying,
} from '../testing/histories.ts';
import type { Journey } from './journey.ts';
import { journeys } from './journeys.ts';
import { standingAt } from './standing.ts';

const journeyOf = (...told: [number, Saying][]): Journey =>
  rowsOf(journeys, ofDeal('a', [[day(0), prospect('lead')], ...told])).get('a') as Journey;

describe('how a deal stood', () => {
  it('is unknown before it was added', () => {
    expect(standingAt(journeyOf(), day(0) - 1)).toBeNull();
    expect(standingAt(journeyOf(), day(0))).toMatchObject({ status: 'open', stage: 'lead', minor: 100_000 });
  });

  it('takes everything in up to and including the instant asked for', () => {
    const journey = journeyOf([day(2), advanced('lead', 'need')], [day(3), worth(5)], [day(3), owned('anna', 'bert')]);
    expect(standingAt(journey, day(3) - 1)).toMatchObject({
      stage: 'need',
      since: day(2),
      minor: 100_000,
      ownerId: 'anna',
    });
    expect(standingAt(journey, day(3))).toMatchObject({ stage: 'need', since: day(2), minor: 5, ownerId: 'bert' });
  });

  it('takes a late entry in from the time it tells of', () => {
    const journey = journeyOf([day(9), worth(9)], [day(4), worth(4)]);
    expect(standingAt(journey, day(5))).toMatchObject({ minor: 4 });
    expect(standingAt(journey, day(9))).toMatchObject({ minor: 9 });
  });

  it('remembers who owned the deal when it was closed', () => {
    const journey = journeyOf([day(2), won('lead', 5)], [day(3), owned('anna', 'bert')]);
    expect(standingAt(journey, day(4))).toMatchObject({
      status: 'won',
      closedAt: day(2),
      closedBy: 'anna',
      ownerId: 'bert',
    });
  });

  it('forgets the loss of a deal that was reopened', () => {
    const journey = journeyOf([day(2), lost('lead')], [day(3), reopened('contact')]);
    expect(standingAt(journey, day(2))).toMatchObject({ status: 'lost', lostReason: 'price', closedBy: 'anna' });
    const back = { status: 'open', lostReason: null, closedAt: null, closedBy: null, stage: 'contact', since: day(3) };
    expect(standingAt(journey, day(3))).toMatchObject(back);
  });

  it('knows whether a next step is open and when it is due', () => {
    const journey = journeyOf([day(1), planned('2026-01-09T00:00:00Z')], [day(3), stepped]);
    expect(standingAt(journey, day(2))).toMatchObject({ nextStepOpen: true, nextStepDueAt: day(4) });
    expect(standingAt(journey, day(3))).toMatchObject({ nextStepOpen: false, nextStepDueAt: null });
  });

  it('knows the weight and the last contact', () => {
    const journey = journeyOf([day(1), weighed(0.35)], [day(1), contacted('call')]);
    expect(standingAt(journey, day(2))).toMatchObject({ weightOverride: 0.35, lastContactAt: day(1) });
  });
});
