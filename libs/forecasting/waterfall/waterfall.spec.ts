import fc from 'fast-check';
import { deal, teamAmong, type DefinedFunnel, type Membership, type RepEvent } from '@funnel/sales';
import * as say from '../testing/histories.ts';
import { day, eventIdOf, historyOf, machines, ofDeal, ofRep, type DealHistory } from '../testing/histories.ts';
import type { WaterfallFilter } from './belonging.ts';
import { waterfall, type Waterfall } from './waterfall.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const at = { from: day(10), to: day(20) };
type Asked = Partial<typeof at> & { readonly filter?: WaterfallFilter; readonly people?: ReturnType<typeof ofRep> };
const fall = (deals: Record<string, DealHistory>, { people = [], ...asked }: Asked = {}) =>
  waterfall(historyOf([...people, ...Object.entries(deals).flatMap(([id, told]) => ofDeal(id, told))]), funnel, {
    ...{ funnelId: 'machines', ...at, ...asked },
  });
const linesOf = (deals: Record<string, DealHistory>, asked?: Asked) => {
  const told = fall(deals, asked);
  const amounts = Object.entries(told.lines).flatMap(([line, { amount }]) => (amount ? [[line, amount]] : []));
  return { opening: told.opening.amount, ...Object.fromEntries(amounts), closing: told.closing.amount };
};
/** What closing must be by opening and the lines. */
const reconciled = ({
  opening,
  lines: { added, up, down, reopened, won, lost, movedIn, movedOut },
}: Waterfall): bigint =>
  [opening, added, up, reopened, movedIn].reduce((sum, { amount }) => sum + amount, 0n) -
  [down, won, lost, movedOut].reduce((sum, { amount }) => sum + amount, 0n);
const press = [day(1), say.prospect('lead', { minor: 100 })] as const;

describe('a waterfall', () => {
  it('counts what happened after its beginning, up to and including its end', () =>
    expect(
      linesOf({
        before: [[day(10), say.prospect('lead', { minor: 1 })]],
        within: [[day(20), say.prospect('lead', { minor: 2 })]],
        after: [[day(20) + 1, say.prospect('lead', { minor: 4 })]],
      }),
    ).toEqual({ opening: 1n, added: 2n, closing: 3n }));
  it('tells amounts that went up and down apart, though they cancel each other out', () =>
    expect(linesOf({ press: [press, [day(11), say.worth(150)], [day(12), say.worth(100)]] })).toEqual({
      ...{ opening: 100n, up: 50n, down: 50n, closing: 100n },
    }));
  it('takes a win with what was sold, after the change of amount that came with it', () =>
    expect(linesOf({ press: [press, [day(11), say.won(90)]] })).toEqual({
      opening: 100n,
      down: 10n,
      won: 90n,
      closing: 0n,
    }));
  it('shows a loss and its return', () =>
    expect(linesOf({ press: [press, [day(11), say.lost], [day(12), say.reopened('need')]] })).toEqual({
      ...{ opening: 100n, lost: 100n, reopened: 100n, closing: 100n },
    }));
  it('passes over what is told of a closed deal', () =>
    expect(linesOf({ press: [press, [day(2), say.lost], [day(11), say.worth(7)], [day(12), say.won(9)]] })).toEqual({
      ...{ opening: 0n, closing: 0n },
    }));
  it('names the event and the deal behind each move', () =>
    expect(fall({ press: [press, [day(11), say.advanced('need')], [day(12), say.worth(150)]] }).lines.up.moves).toEqual(
      [{ eventId: eventIdOf('deal-press', 2), dealId: 'press', at: day(12), amount: 50 }],
    ));

  it('tells what moved in and out of the deals of a rep, by the event that handed it over', () => {
    const deals = { press: [press, [day(11), say.owned('bert')], [day(12), say.worth(150)]] } satisfies Record<
      string,
      DealHistory
    >;
    expect(linesOf(deals, { filter: { ownerId: 'anna' } })).toEqual({ opening: 100n, movedOut: 100n, closing: 0n });
    const ofBert = { opening: 0n, movedIn: 100n, up: 50n, closing: 150n };
    expect(linesOf(deals, { filter: { ownerId: 'bert' } })).toEqual(ofBert);
    expect(fall(deals, { filter: { ownerId: 'bert' } }).lines.movedIn.moves).toEqual([
      { eventId: eventIdOf('deal-press', 1), dealId: 'press', at: day(11), amount: 100 },
    ]);
    expect(linesOf(deals)).toEqual({ opening: 100n, up: 50n, closing: 150n });
  });
  it('tells deals that belong to nobody as those of a group', () =>
    expect(linesOf({ press: [press, [day(11), say.owned(null)]] }, { filter: { ownerId: null } })).toEqual({
      ...{ opening: 0n, movedIn: 100n, closing: 100n },
    }));
  it('does not move what is closed', () =>
    expect(
      linesOf({ press: [press, [day(2), say.lost], [day(11), say.owned('bert')]] }, { filter: { ownerId: 'bert' } }),
    ).toEqual({ opening: 0n, closing: 0n }));

  const people = (told: readonly (readonly [number, string | null])[], repId = 'anna') =>
    ofRep(
      repId,
      told.map(([at, to], place): readonly [number, RepEvent] => [
        at,
        place === 0
          ? { type: 'RepJoined', data: { repId, name: repId, teamId: to } }
          : { type: 'RepMoved', data: { repId, from: null, to } },
      ]),
    );
  it('takes the deals of a rep along who changes his team', () => {
    const moved = people([
      [day(12), 'north'],
      [day(15), 'south'],
    ]);
    const drill = [[day(14), say.prospect('lead', { minor: 7 })]] as const;
    const asked = { people: moved, filter: { teamId: 'north' } };
    expect(linesOf({ press: [press], drill }, asked)).toEqual({
      ...{ opening: 100n, added: 7n, movedOut: 107n, closing: 0n },
    });
    expect(fall({ press: [press], drill }, asked).lines.movedOut.moves).toEqual(
      ['press', 'drill'].map((dealId) => {
        return { eventId: eventIdOf('rep-anna', 1), dealId, at: day(15), amount: dealId === 'press' ? 100 : 7 };
      }),
    );
    const toSouth = { people: moved, to: day(15), filter: { teamId: 'south' } };
    expect(linesOf({ press: [press], drill }, toSouth)).toEqual({ opening: 0n, movedIn: 107n, closing: 107n });
  });
  it('keeps to the customers of a region and an industry', () => {
    const of = (minor: number, customer: { region?: string; industry?: string }): DealHistory => [
      [day(11), say.prospect('lead', { minor, ...customer })],
    ];
    const deals = { a: of(1, { region: 'East', industry: 'Steel' }), b: of(2, { region: 'East' }), c: of(4, {}) };
    expect(linesOf(deals, { filter: { region: 'East' } })).toMatchObject({ added: 3n });
    expect(linesOf(deals, { filter: { region: 'East', industry: 'Steel' } })).toMatchObject({ added: 1n });
    expect(linesOf(deals, { filter: { industry: 'Ships' } })).toEqual({ opening: 0n, closing: 0n });
    expect(fall(deals, { filter: { industry: 'Ships' } })).toMatchObject({ regions: ['East'], industries: ['Steel'] });
    expect(fall(deals, { to: day(10) })).toMatchObject({ regions: [], industries: [] });
  });

  const minor = fc.integer({ min: 0, max: 1_000_000_000_000_000 });
  const owner = fc.constantFrom('anna', 'bert', null);
  const saying = fc.oneof(
    minor.map((amount) => say.worth(amount)),
    minor.map((amount) => say.worth(amount, 'EUR')),
    minor.map(say.won),
    fc.constant(say.lost),
    fc.constant(say.reopened('need')),
    fc.constant(say.advanced('need')),
    owner.map(say.owned),
  );
  const prospect = fc.record({
    ...{ minor, ownerId: owner, region: fc.constantFrom('East', undefined) },
    industry: fc.constantFrom('Steel', undefined),
  });
  const dealHistory = fc
    .tuple(fc.nat({ max: 30 }), prospect, fc.array(fc.tuple(fc.nat({ max: 30 }), saying), { maxLength: 15 }))
    .map(([first, said, rest]): DealHistory => [
      [day(first), say.prospect('lead', said)],
      ...rest.map(([days, said]) => [day(days), said] as const),
    ]);
  const memberships = fc.array(fc.tuple(fc.nat({ max: 30 }).map(day), fc.constantFrom('north', 'south', null)), {
    maxLength: 4,
  });
  const filter = fc.record<WaterfallFilter>(
    {
      ownerId: owner,
      teamId: fc.constantFrom('north', 'south'),
      region: fc.constantFrom('East', 'West'),
      industry: fc.constant('Steel'),
    },
    { requiredKeys: [] },
  );
  const inTime = ([one]: readonly [number, unknown], [other]: readonly [number, unknown]) => one - other;

  interface Stood {
    readonly told: DealHistory;
    readonly at: number;
    readonly filter: WaterfallFilter;
    readonly teams: readonly Membership[];
  }
  /** What stands open of a deal that is asked for, by the domain's own rules. */
  const standing = ({ told, at, filter: wanted, teams }: Stood): bigint => {
    const events = ofDeal('d', told);
    const added = events[0]?.at ?? 0;
    const state = events
      .map((event) => ({ ...event, at: Math.max(event.at, added) }))
      .sort((one, other) => one.at - other.at)
      .filter((event) => event.at <= at)
      .reduce(deal.evolve, deal.initial);
    if (state.status !== 'open' || state.amount.currency !== 'CNY') return 0n;
    const [customer] = events.flatMap(({ type, data }) => (type === 'ProspectAdded' ? [data.customer] : []));
    const facts = {
      ...{ ownerId: state.ownerId, region: customer?.region, industry: customer?.industry },
      teamId: state.ownerId === 'anna' ? teamAmong(teams, at) : null,
    };
    const isAskedFor = Object.entries(wanted).every(([name, value]) => facts[name as keyof typeof facts] === value);
    return isAskedFor ? BigInt(state.amount.minor) : 0n;
  };

  it('reconciles exactly, and opens and closes with what stood open of the deals asked for', () => {
    fc.assert(
      fc.property(
        fc.array(dealHistory, { maxLength: 5 }),
        fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })),
        filter,
        memberships.map((told) => told.sort(inTime)),
        (told, [one, other], wanted, joined) => {
          const [from, to] = [day(Math.min(one, other)), day(Math.max(one, other))];
          const deals = Object.fromEntries(told.map((each, index) => [`d${index}`, each]));
          const fallen = fall(deals, { from, to, filter: wanted, people: people(joined) });
          const teams = joined.map(([at, teamId]) => ({ at, teamId }));
          const sum = (at: number) =>
            told.reduce((all, each) => all + standing({ told: each, at, filter: wanted, teams }), 0n);
          expect([fallen.opening.amount, fallen.closing.amount]).toEqual([sum(from), sum(to)]);
          expect(reconciled(fallen)).toBe(fallen.closing.amount);
        },
      ),
      { numRuns: 500 },
    );
  });
});
