import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { eventIdOf, status, type Rows } from '../history/rows.ts';

/** What moves the open amount of a funnel; `down`, `won` and `lost` take away from it. */
export const lines = ['added', 'up', 'down', 'reopened', 'won', 'lost'] as const;
export type Line = (typeof lines)[number];

/** One event's part in a line. Amounts are minor units of the funnel's currency, never below 0. */
export interface Move {
  readonly eventId: string;
  readonly dealId: string;
  /** Business time, milliseconds since 1970. */
  readonly at: number;
  readonly amount: number;
}

/** Deals that stood open at an instant. */
export interface Stand {
  readonly count: number;
  readonly amount: bigint;
}

/** opening + added + up − down + reopened − won − lost = closing, exactly. */
export interface Waterfall {
  readonly currency: string;
  readonly opening: Stand;
  readonly lines: Readonly<Record<Line, { readonly amount: bigint; readonly moves: readonly Move[] }>>;
  readonly closing: Stand;
}

/** From one instant to another, milliseconds since 1970: what happened after `from`, up to and including `to`. */
export interface WaterfallRequest {
  readonly funnelId: string;
  readonly from: number;
  readonly to: number;
}

/** What a deal counts for after one of its events. */
interface Standing {
  readonly isThere: boolean;
  readonly isOpen: boolean;
  /** 0 while it is kept in another currency than the funnel's. */
  readonly minor: number;
  readonly isLost: boolean;
}

const absent: Standing = { isThere: false, isOpen: false, minor: 0, isLost: false };

const standingAfter = ({ status: statuses, currency, minor }: Rows, row: number, wanted: number): Standing => ({
  isThere: true,
  isOpen: statuses[row] === status.open,
  minor: currency[row] === wanted ? minor[row]! : 0,
  isLost: statuses[row] === status.lost,
});

/** Which lines one event belongs to, and with how much. */
const movesOf = (before: Standing, after: Standing): readonly (readonly [Line, number])[] => {
  if (!after.isOpen && !before.isOpen) return [];
  if (!before.isThere) return [['added', after.minor]];
  if (!before.isOpen) return [['reopened', after.minor]];
  const change = after.minor - before.minor;
  const moves: [Line, number][] = change === 0 ? [] : [[change > 0 ? 'up' : 'down', Math.abs(change)]];
  return after.isOpen ? moves : [...moves, [after.isLost ? 'lost' : 'won', after.minor]];
};

class Falling {
  readonly moves: Record<Line, Move[]> = { added: [], up: [], down: [], reopened: [], won: [], lost: [] };
  opening = { count: 0, amount: 0n };
  closing = { count: 0, amount: 0n };

  constructor(
    private readonly history: KnownHistory,
    private readonly request: WaterfallRequest,
    private readonly currency: number,
  ) {}

  addDeal(rows: Rows, deal: number): void {
    const { from, to } = this.request;
    const end = rows.end[deal]!;
    let before = absent;
    let opened = absent;
    for (let row = rows.first[deal]!; row < end && rows.at[row]! <= to; row += 1) {
      const after = standingAfter(rows, row, this.currency);
      if (rows.at[row]! <= from) opened = after;
      else this.tell(movesOf(before, after), { rows, row, deal });
      before = after;
    }
    count(this.opening, opened);
    count(this.closing, before);
  }

  private tell(
    moves: readonly (readonly [Line, number])[],
    { rows, row, deal }: { rows: Rows; row: number; deal: number },
  ) {
    for (const [line, amount] of moves) {
      const eventId = eventIdOf(rows, row);
      this.moves[line].push({ eventId, dealId: this.history.deals.texts[deal]!, at: rows.at[row]!, amount });
    }
  }
}

const count = (stand: { count: number; amount: bigint }, { isOpen, minor }: Standing): void => {
  if (!isOpen) return;
  stand.count += 1;
  stand.amount += BigInt(minor);
};

/** What moved the open amount of a funnel between two instants, event by event; moves that cancel each other out too. */
export const waterfall = (history: KnownHistory, funnel: DefinedFunnel, request: WaterfallRequest): Waterfall => {
  const { currency } = funnelAt(funnel, request.to);
  const rows = history.rows();
  const wanted = history.funnelNames.find(request.funnelId);
  const falling = new Falling(history, request, history.currencies.find(currency) ?? -1);
  for (let deal = 0; deal < rows.funnelOf.length; deal += 1) {
    if (rows.funnelOf[deal] === wanted) falling.addDeal(rows, deal);
  }
  const summed = (line: Line) => {
    const moves = falling.moves[line].sort((one, other) => one.at - other.at);
    return { moves, amount: moves.reduce((sum, { amount }) => sum + BigInt(amount), 0n) };
  };
  const { opening, closing } = falling;
  const told = {
    added: summed('added'),
    up: summed('up'),
    down: summed('down'),
    reopened: summed('reopened'),
    won: summed('won'),
    lost: summed('lost'),
  };
  return { currency, opening, lines: told, closing };
};
