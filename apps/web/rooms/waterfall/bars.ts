import type { Money } from '../../language/formats.ts';
import type { LineName } from './route.ts';

export type BarName = 'opening' | LineName | 'closing';
export type Direction = 'stands' | 'rises' | 'falls' | 'won';

/** One bar; `start` and `size` are shares of the whole height. */
export interface Bar {
  readonly name: BarName;
  readonly direction: Direction;
  readonly amount: Money;
  /** Deals that stand, or events that moved them. */
  readonly count: number;
  readonly start: number;
  readonly size: number;
  /** Where it ends and the next begins. */
  readonly level: number;
}
interface Stand {
  readonly count: number;
  readonly amount: Money;
}
export interface Fall {
  readonly opening: Stand;
  readonly lines: readonly { readonly line: LineName; readonly amount: Money; readonly events: readonly unknown[] }[];
  readonly closing: Stand;
}

const directions: Readonly<Record<LineName, Direction>> = {
  added: 'rises',
  up: 'rises',
  reopened: 'rises',
  down: 'falls',
  lost: 'falls',
  movedIn: 'rises',
  movedOut: 'falls',
  won: 'won',
};
/** What comes in stands before what goes out. */
const order: readonly LineName[] = ['added', 'up', 'reopened', 'movedIn', 'down', 'lost', 'movedOut', 'won'];

const standing = (name: 'opening' | 'closing', { amount, count }: Stand) =>
  ({ name, direction: 'stands', amount, count, from: 0, to: Number(amount.value) }) as const;

/** The bars of a waterfall: each begins where the one before it ended. */
export const barsOf = ({ opening, lines, closing }: Fall): Bar[] => {
  let level = Number(opening.amount.value);
  const moves = order.flatMap((name) => {
    const line = lines.find((each) => each.line === name);
    if (!line) return [];
    const from = level;
    const direction = directions[name];
    level += (direction === 'rises' ? 1 : -1) * Number(line.amount.value);
    return [{ name, direction, amount: line.amount, count: line.events.length, from, to: level }];
  });
  const all = [standing('opening', opening), ...moves, standing('closing', closing)];
  const top = Math.max(1, ...all.flatMap(({ from, to }) => [from, to]));
  return all.map(({ from, to, ...bar }) => ({
    ...bar,
    start: Math.min(from, to) / top,
    size: Math.abs(to - from) / top,
    level: to / top,
  }));
};
