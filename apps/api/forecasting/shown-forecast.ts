import type { AnswerOf, routes } from '@funnel/contracts';
import { lines, type Stand } from '@funnel/forecasting';
import { formatPosition } from '@funnel/kernel';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { Basis, Findings } from './conversation.ts';

export type ShownFall = AnswerOf<(typeof routes)['waterfall']>;

export const shownBasis = (funnelId: string, { position, unreadableEvents }: Basis) => {
  return { funnelId, asOfPosition: formatPosition(position), unreadableEvents };
};

export const shownFall = ({ currency, ...fall }: Findings['waterfall']) => {
  const money = moneyIn(currency);
  const stand = ({ count, amount }: Stand) => ({ count, amount: money(amount) });
  const shownLines = lines.map((line) => ({
    line,
    amount: money(fall.lines[line].amount),
    events: fall.lines[line].moves.map(({ eventId, dealId, at, amount }) => {
      return { eventId, dealId, occurredAt: shownInstant(at), amount: money(BigInt(amount)) };
    }),
  }));
  return { opening: stand(fall.opening), lines: shownLines, closing: stand(fall.closing) };
};
