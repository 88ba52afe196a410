import type { AnswerOf, routes } from '@funnel/contracts';
import { lines, type Line, type Stand, type WaterfallFilter } from '@funnel/forecasting';
import { formatPosition } from '@funnel/kernel';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { Basis, Findings } from './conversation.ts';

export type ShownFall = AnswerOf<(typeof routes)['waterfall']>;

export const shownBasis = (funnelId: string, { position, unreadableEvents }: Basis) => {
  return { funnelId, asOfPosition: formatPosition(position), unreadableEvents };
};

/** Only what a person or a team owns can be handed over. */
const linesOf = ({ ownerId, teamId }: WaterfallFilter): readonly Line[] =>
  ownerId === undefined && teamId === undefined
    ? lines.filter((line) => line !== 'movedIn' && line !== 'movedOut')
    : lines;

export const shownFall = (
  { currency, regions, industries, ...fall }: Findings['waterfall'],
  { filter, titles }: { filter: WaterfallFilter; titles: ReadonlyMap<string, string> },
) => {
  const money = moneyIn(currency);
  const stand = ({ count, amount }: Stand) => ({ count, amount: money(amount) });
  const shownLines = linesOf(filter).map((line) => ({
    line,
    amount: money(fall.lines[line].amount),
    events: fall.lines[line].moves.map(({ eventId, dealId, at, amount }) => {
      const title = titles.get(dealId) ?? dealId;
      return { eventId, dealId, title, occurredAt: shownInstant(at), amount: money(BigInt(amount)) };
    }),
  }));
  return {
    ...{ opening: stand(fall.opening), lines: shownLines, closing: stand(fall.closing) },
    ...{ regions: [...regions], industries: [...industries] },
  };
};
