import fc from 'fast-check';
import type { DomainEvent, Recorded } from '@funnel/kernel';
import type { DealEvent, FunnelEvent, QuotaEvent, RepEvent, TeamEvent } from '@funnel/sales';
import { anyTelling } from './any-history.ts';
import { day, ofDeal, recorded } from './histories.ts';
import { machinesDefinition } from './machines.ts';

/** Everything that is told of a company, each event recorded at any time after the one before it in its stream. */
export interface Company {
  readonly dealt: readonly Recorded<DealEvent>[];
  readonly funnelled: readonly Recorded<FunnelEvent>[];
  readonly joined: readonly Recorded<RepEvent>[];
  readonly teamed: readonly Recorded<TeamEvent>[];
  readonly set: readonly Recorded<QuotaEvent>[];
}

const atAnyTime = fc.nat({ max: 60 }).map(day);

/** The events of one stream, recorded at any times, in their order. */
const writtenLate = <Event extends DomainEvent>(events: readonly Recorded<Event>[]): fc.Arbitrary<Recorded<Event>[]> =>
  fc
    .array(fc.nat({ max: 70 }), { minLength: events.length, maxLength: events.length })
    .map((days) => days.toSorted((one, other) => one - other))
    .map((days) => events.map((event, index) => ({ ...event, recordedAt: day(days[index] ?? 0) })));

const streamOf = <Event extends DomainEvent>(stream: string, first: Event, rest: fc.Arbitrary<Event>) =>
  fc
    .tuple(atAnyTime, fc.array(fc.tuple(atAnyTime, rest), { maxLength: 4 }))
    .chain(([at, more]) => writtenLate(recorded<Event>(stream, [[at, first], ...more])));

const deals = fc
  .array(anyTelling, { maxLength: 5 })
  .chain((told) => fc.tuple(...told.map((each, index) => writtenLate(ofDeal(`deal-${index}`, each)))))
  .map((each) => each.flat());

const definition = machinesDefinition();
const funnel = streamOf<FunnelEvent>(
  'funnel-machines',
  { type: 'FunnelDefined', data: definition },
  fc.double({ min: 0, max: 1, noNaN: true }).map((weight): FunnelEvent => {
    const stages = definition.stages.map((stage) => ({ ...stage, weight: Math.round(weight * 100) / 100 }));
    return { type: 'FunnelRevised', data: { ...definition, stages } };
  }),
);
const team = fc.constantFrom('north', 'south', null);
const repOf = (repId: string) =>
  streamOf<RepEvent>(
    `rep-${repId}`,
    { type: 'RepJoined', data: { repId, name: repId, teamId: 'north' } },
    team.map((to): RepEvent => ({ type: 'RepMoved', data: { repId, from: 'north', to } })),
  );
const teamOfNorth = streamOf<TeamEvent>(
  'team-north',
  { type: 'TeamDefined', data: { teamId: 'north', name: 'North' } },
  fc.constantFrom('North-East', 'Far North').map((name) => ({ type: 'TeamDefined', data: { teamId: 'north', name } })),
);
const quota = (minor: number) => ({ subject: 'rep-anna', year: 2026, amount: { minor, currency: 'CNY' } });
const quotaOfAnna = streamOf<QuotaEvent>(
  'quota-rep-anna-2026',
  { type: 'QuotaSet', data: quota(1_200_000) },
  fc.nat().map((minor) => ({ type: 'QuotaRevised', data: quota(minor) })),
);

export const anyCompany: fc.Arbitrary<Company> = fc.record({
  dealt: deals,
  funnelled: funnel,
  joined: fc.tuple(repOf('anna'), repOf('bert')).map((each) => each.flat()),
  teamed: teamOfNorth,
  set: quotaOfAnna,
});
