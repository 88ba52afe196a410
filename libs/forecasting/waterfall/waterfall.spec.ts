import fc from 'fast-check';
import { deal, type DefinedFunnel } from '@funnel/sales';
import * as say from '../testing/histories.ts';
import { day, eventIdOf, historyOf, machines, ofDeal, type DealHistory } from '../testing/histories.ts';
import { waterfall, type Waterfall } from './waterfall.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const fall = (deals: Record<string, DealHistory>, from = day(10), to = day(20)) =>
  waterfall(historyOf(Object.entries(deals).flatMap(([id, told]) => ofDeal(id, told))), funnel, {
    ...{ funnelId: 'machines', from, to },
  });
const linesOf = (deals: Record<string, DealHistory>) => {
  const told = fall(deals);
  const amounts = Object.entries(told.lines).flatMap(([line, { amount }]) => (amount ? [[line, amount]] : []));
  return { opening: told.opening.amount, ...Object.fromEntries(amounts), closing: told.closing.amount };
};
/** What closing must be by opening and the lines. */
const reconciled = ({ opening, lines: { added, up, down, reopened, won, lost } }: Waterfall): bigint =>
  opening.amount + added.amount + up.amount - down.amount + reopened.amount - won.amount - lost.amount;
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

  const minor = fc.integer({ min: 0, max: 1_000_000_000_000_000 });
  const saying = fc.oneof(
    minor.map((amount) => say.worth(amount)),
    minor.map((amount) => say.worth(amount, 'EUR')),
    minor.map(say.won),
    fc.constant(say.lost),
    fc.constant(say.reopened('need')),
    fc.constant(say.advanced('need')),
  );
  const dealHistory = fc
    .tuple(fc.nat({ max: 30 }), minor, fc.array(fc.tuple(fc.nat({ max: 30 }), saying), { maxLength: 15 }))
    .map(([first, amount, rest]): DealHistory => [
      [day(first), say.prospect('lead', { minor: amount })],
      ...rest.map(([days, said]) => [day(days), said] as const),
    ]);
  /** What stands open by the domain's own rules. */
  const standing = (told: DealHistory, at: number): bigint => {
    const events = ofDeal('d', told);
    const added = events[0]?.at ?? 0;
    const state = events
      .map((event) => ({ ...event, at: Math.max(event.at, added) }))
      .sort((one, other) => one.at - other.at)
      .filter((event) => event.at <= at)
      .reduce(deal.evolve, deal.initial);
    return state.status === 'open' && state.amount.currency === 'CNY' ? BigInt(state.amount.minor) : 0n;
  };

  it('reconciles exactly, and opens and closes with what stood open', () => {
    fc.assert(
      fc.property(
        fc.array(dealHistory, { maxLength: 5 }),
        fc.nat({ max: 30 }),
        fc.nat({ max: 30 }),
        (told, one, other) => {
          const [from, to] = [day(Math.min(one, other)), day(Math.max(one, other))];
          const fallen = fall(Object.fromEntries(told.map((each, index) => [`d${index}`, each])), from, to);
          const sum = (at: number) => told.reduce((all, each) => all + standing(each, at), 0n);
          expect([fallen.opening.amount, fallen.closing.amount]).toEqual([sum(from), sum(to)]);
          expect(reconciled(fallen)).toBe(fallen.closing.amount);
        },
      ),
      { numRuns: 300 },
    );
  });
});
