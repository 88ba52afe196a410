import type { Stretch } from '../stretch.ts';
import type { Change } from './change.ts';
import { aspects, everyAspect, kindOf, statusIn, type Columns } from './columns.ts';
import { dayOf } from './days.ts';
import { status } from './rows.ts';

/** What is told of deals, as numbers beside each other, in the order of the log: whatever was text is a code. */
export class Told {
  readonly room: number;
  count = 0;
  readonly deal: Uint32Array;
  /** Which row it is written to. */
  readonly row: Uint32Array;
  /** Business time, milliseconds since 1970. */
  readonly at: Float64Array;
  /** The number of the event. */
  readonly event: Uint32Array;
  /** Which aspects are told: the rest of it says nothing. */
  readonly changed: Uint8Array;
  readonly minor: Float64Array;
  readonly due: Float64Array;
  readonly owner: Uint32Array;
  readonly stage: Uint16Array;
  readonly kind: Uint16Array;
  readonly weight: Int16Array;

  /** With room for so many events. */
  constructor(room: number) {
    this.room = room;
    this.deal = new Uint32Array(room);
    this.row = new Uint32Array(room);
    this.at = new Float64Array(room);
    this.event = new Uint32Array(room);
    this.changed = new Uint8Array(room);
    this.minor = new Float64Array(room);
    this.due = new Float64Array(room);
    this.owner = new Uint32Array(room);
    this.stage = new Uint16Array(room);
    this.kind = new Uint16Array(room);
    this.weight = new Int16Array(room);
  }

  add(deal: number, { at, event }: { readonly at: number; readonly event: number }, change: Change): void {
    const place = this.count;
    this.deal[place] = deal;
    this.at[place] = at;
    this.event[place] = event;
    this.changed[place] = change.changed;
    this.minor[place] = change.minor;
    this.due[place] = change.due;
    this.owner[place] = change.owner;
    this.stage[place] = change.stage;
    this.kind[place] = kindOf(change.currency, change.status);
    this.weight[place] = change.weight;
    this.count = place + 1;
  }

  /** Whether a deal is won or lost by it: that has seldom more to tell. */
  closes(place: number): boolean {
    return (this.changed[place]! & aspects.status) !== 0 && statusIn(this.kind[place]!) !== status.open;
  }
}

/**
 * Writes into their rows what was told, and, where an event did not tell it, how the deal stood in the row before. The times
 * are there already. In a loop over all of them, each view is looked up once.
 */
export const writeTold = (columns: Columns, told: Told, { from, until }: Stretch): void => {
  const { day, at, minor, due, owner, stage, kind, event, weight, changed } = columns;
  const { row: rows, changed: changes, kind: kinds } = told;
  for (let place = from; place < until; place += 1) {
    const row = rows[place]! | 0;
    const before = row - 1;
    const standing = Math.imul(row, 3);
    const stood = Math.imul(before, 3);
    const what = changes[place]!;
    day[row] = dayOf(at[row << 1]!);
    event[row << 2] = told.event[place]!;
    changed[row << 4] = what;
    weight[row << 3] = what & aspects.weight ? told.weight[place]! : weight[before << 3]!;
    minor[standing] = what & aspects.worth ? told.minor[place]! : minor[stood]!;
    due[standing] = what & aspects.step ? told.due[place]! : due[stood]!;
    owner[standing << 1] = what & aspects.owner ? told.owner[place]! : owner[stood << 1]!;
    stage[standing << 2] = what & aspects.stage ? told.stage[place]! : stage[stood << 2]!;
    const [now, then] = [kinds[place]!, what === everyAspect ? 0 : kind[stood << 2]!];
    const currency = what & aspects.worth ? now : then;
    kind[standing << 2] = (currency & ~3) | ((what & aspects.status ? now : then) & 3);
  }
};
