import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import { currencyOf, eventOf, instantOf, minorOf, ownerOf, statusOf } from '../history/columns.ts';
import type { KnownHistory } from '../history/history.ts';
import { status, type Rows } from '../history/rows.ts';
import { belongings, isInAt, type Belonging, type WaterfallFilter } from './belonging.ts';
import { customersFit, namesMet } from './customers.ts';

/**
 * What moves the open amount of a funnel; `down`, `won`, `lost` and `movedOut` take away from it. Deals move in and out
 * between those that are asked for and others: their owner changes, or his team.
 */
export const lines = ['added', 'up', 'down', 'reopened', 'won', 'lost', 'movedIn', 'movedOut'] as const;
export type Line = (typeof lines)[number];

/**
 * One event's part in a line; an event that moves a rep to another team has a part for each of his deals. Amounts are minor
 * units of the funnel's currency, never below 0.
 */
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

/** opening + added + up − down + reopened − won − lost + movedIn − movedOut = closing, exactly. */
export interface Waterfall {
  readonly currency: string;
  readonly opening: Stand;
  readonly lines: Readonly<Record<Line, { readonly amount: bigint; readonly moves: readonly Move[] }>>;
  readonly closing: Stand;
  /** Of all deals of the funnel that were there at the end: what one may keep to. In order. */
  readonly regions: readonly string[];
  readonly industries: readonly string[];
}

/** From one instant to another, milliseconds since 1970: what happened after `from`, up to and including `to`. */
export interface WaterfallRequest {
  readonly funnelId: string;
  readonly from: number;
  readonly to: number;
  readonly filter?: WaterfallFilter | undefined;
}

/** What a deal counts for after one of its events. */
interface Standing {
  readonly isThere: boolean;
  readonly isOpen: boolean;
  /** 0 while it is kept in another currency than the funnel's. */
  readonly minor: number;
  readonly isLost: boolean;
  /** Whether it is among those that are asked for. */
  readonly isIn: boolean;
}

const absent: Standing = { isThere: false, isOpen: false, minor: 0, isLost: false, isIn: false };

type Part = readonly [Line, number];

const crossing = (before: Standing, after: Standing): readonly Part[] => {
  if (before.isIn) return before.isOpen ? [['movedOut', before.minor]] : [];
  return after.isOpen ? [['movedIn', after.minor]] : [];
};

/** Of a deal that is among those asked for, and was if it was there. */
const within = (before: Standing, after: Standing): readonly Part[] => {
  if (!after.isOpen && !before.isOpen) return [];
  if (!before.isThere) return [['added', after.minor]];
  if (!before.isOpen) return [['reopened', after.minor]];
  const change = after.minor - before.minor;
  const parts: Part[] = change === 0 ? [] : [[change > 0 ? 'up' : 'down', Math.abs(change)]];
  return after.isOpen ? parts : [...parts, [after.isLost ? 'lost' : 'won', after.minor]];
};

/** Which lines one event belongs to, and with how much. */
const partsOf = (before: Standing, after: Standing): readonly Part[] => {
  if (before.isThere && before.isIn !== after.isIn) return crossing(before, after);
  return after.isIn ? within(before, after) : [];
};

interface Frame {
  readonly history: KnownHistory;
  readonly rows: Rows;
  readonly request: WaterfallRequest;
  readonly currency: number;
  readonly belongings: readonly Belonging[];
}

/** What made a step: the event of a row, or one of the owner. */
type Cause = { readonly row: number } | { readonly eventId: string };
/** `event`: the number of an event, or the id of one of the owner. */
type NumberedMove = Omit<Move, 'eventId'> & { readonly event: number | string };

class Falling {
  readonly moves: Record<Line, NumberedMove[]> = {
    ...{ added: [], up: [], down: [], reopened: [], won: [], lost: [], movedIn: [], movedOut: [] },
  };
  opening = { count: 0, amount: 0n };
  closing = { count: 0, amount: 0n };
  /** Of the deal that is being added: how it stood at the beginning, and how it stands. */
  #opened = absent;
  #present = absent;

  constructor(private readonly frame: Frame) {}

  addDeal(deal: number): void {
    const { rows, request, belongings } = this.frame;
    const end = rows.end[deal]!;
    this.#opened = absent;
    this.#present = absent;
    for (let row = rows.first[deal]!; row < end && instantOf(rows, row) <= request.to; row += 1) {
      const at = instantOf(rows, row);
      const belonging = belongings[ownerOf(rows, row)]!;
      this.#step(this.#standingAfter(row, isInAt(belonging, at)), { deal, at, row });
      const until = Math.min(row + 1 < end ? instantOf(rows, row + 1) : Infinity, request.to);
      for (const turn of belonging.turns) {
        if (turn.at > at && turn.at <= until) this.#step({ ...this.#present, isIn: turn.isIn }, { deal, ...turn });
      }
    }
    count(this.opening, this.#opened);
    count(this.closing, this.#present);
  }

  #standingAfter(row: number, isIn: boolean): Standing {
    const { rows, currency } = this.frame;
    return {
      isThere: true,
      isOpen: statusOf(rows, row) === status.open,
      minor: currencyOf(rows, row) === currency ? minorOf(rows, row) : 0,
      isLost: statusOf(rows, row) === status.lost,
      isIn,
    };
  }

  #step(after: Standing, { deal, at, ...cause }: { deal: number; at: number } & Cause): void {
    if (at <= this.frame.request.from) this.#opened = after;
    else {
      for (const [line, amount] of partsOf(this.#present, after)) {
        const event = 'row' in cause ? eventOf(this.frame.rows, cause.row) : cause.eventId;
        this.moves[line].push({ event, dealId: this.frame.history.deals.text(deal), at, amount });
      }
    }
    this.#present = after;
  }
}

const count = (stand: { count: number; amount: bigint }, { isOpen, isIn, minor }: Standing): void => {
  if (!isOpen || !isIn) return;
  stand.count += 1;
  stand.amount += BigInt(minor);
};

/** The ids of the events of moves; all of them are asked for at once. */
const eventIdsOf = (history: KnownHistory, { moves }: Falling): ReadonlyMap<number, string> => {
  const events = new Set<number>();
  for (const line of lines) for (const { event } of moves[line]) if (typeof event === 'number') events.add(event);
  const numbers = [...events];
  const ids = history.eventIds(numbers);
  return new Map(numbers.map((number, place) => [number, ids[place]!]));
};

/** What moved the open amount of a funnel between two instants, event by event; moves that cancel each other out too. */
export const waterfall = (history: KnownHistory, funnel: DefinedFunnel, request: WaterfallRequest): Waterfall => {
  const { funnelId, to, filter = {} } = request;
  const { currency } = funnelAt(funnel, to);
  const rows = history.rows();
  const wanted = history.funnelNames.find(funnelId);
  const isCustomerAskedFor = customersFit(history, filter);
  const falling = new Falling({
    ...{ history, rows, request, belongings: belongings(history, filter) },
    currency: history.currencies.find(currency) ?? -1,
  });
  const deals: number[] = [];
  for (let deal = 0; deal < rows.funnelOf.length; deal += 1) {
    const isThere = rows.first[deal]! < rows.end[deal]! && instantOf(rows, rows.first[deal]!) <= to;
    if (rows.funnelOf[deal] === wanted && isThere) deals.push(deal);
  }
  for (const deal of deals) if (isCustomerAskedFor(deal)) falling.addDeal(deal);
  const eventIds = eventIdsOf(history, falling);
  const summed = (line: Line) => {
    const moves = falling.moves[line]
      .map(({ event, ...move }) => ({ eventId: typeof event === 'number' ? eventIds.get(event)! : event, ...move }))
      .sort((one, other) => one.at - other.at);
    return { moves, amount: moves.reduce((sum, { amount }) => sum + BigInt(amount), 0n) };
  };
  const everyLine = {
    ...{ added: summed('added'), up: summed('up'), down: summed('down'), reopened: summed('reopened') },
    ...{ won: summed('won'), lost: summed('lost'), movedIn: summed('movedIn'), movedOut: summed('movedOut') },
  };
  const { opening, closing } = falling;
  return {
    ...{ currency, opening, lines: everyLine, closing },
    regions: namesMet(history.regions, rows.regionOf, deals),
    industries: namesMet(history.industries, rows.industryOf, deals),
  };
};
