import type { Stretch } from '../stretch.ts';
import type { Change } from './change.ts';
import {
  aspects,
  changedIn,
  eventAndAspectsOf,
  everyAspect,
  kindOf,
  ownerAndRestOf,
  ownerIn,
  restIn,
  statusIn,
  withOwnerOf,
  type Columns,
} from './columns.ts';
import { status } from './rows.ts';
import { instantIn, restOf, unitsOf } from './times.ts';

/**
 * What is told of deals, as numbers beside each other, in the order of the log: whatever was text is a code, and all of it is
 * as it stands in {@link Columns}. What an event did not tell says nothing.
 */
export class Told {
  readonly room: number;
  count = 0;
  readonly deal: Uint32Array;
  /** Which row it is written to. */
  readonly row: Uint32Array;
  readonly units: Uint32Array;
  readonly minor: Float64Array;
  readonly due: Uint32Array;
  readonly ownerAndRest: Uint32Array;
  readonly eventAndAspects: Uint32Array;
  readonly stage: Uint16Array;
  readonly kind: Uint16Array;

  /** With room for so many events. */
  constructor(room: number) {
    this.room = room;
    this.deal = new Uint32Array(room);
    this.row = new Uint32Array(room);
    this.units = new Uint32Array(room);
    this.minor = new Float64Array(room);
    this.due = new Uint32Array(room);
    this.ownerAndRest = new Uint32Array(room);
    this.eventAndAspects = new Uint32Array(room);
    this.stage = new Uint16Array(room);
    this.kind = new Uint16Array(room);
  }

  /** `at`: business time, milliseconds since 1970; `event`: its number. */
  add(deal: number, { at, event }: { readonly at: number; readonly event: number }, change: Change): void {
    const place = this.count;
    this.deal[place] = deal;
    this.units[place] = unitsOf(at);
    this.minor[place] = change.minor;
    this.due[place] = change.due;
    this.ownerAndRest[place] = ownerAndRestOf(change.owner, restOf(at));
    this.eventAndAspects[place] = eventAndAspectsOf(event, change.changed);
    this.stage[place] = change.stage;
    this.kind[place] = kindOf(change.currency, change.status);
    this.count = place + 1;
  }

  /** Business time, milliseconds since 1970. */
  instant(place: number): number {
    return instantIn(this.units[place]!, restIn(this.ownerAndRest[place]!));
  }

  /** Lets it count from an instant where it was told of an earlier one. */
  countFrom(instant: number, place: number): void {
    if (this.instant(place) >= instant) return;
    this.units[place] = unitsOf(instant);
    this.ownerAndRest[place] = ownerAndRestOf(ownerIn(this.ownerAndRest[place]!), restOf(instant));
  }

  /** Whether a deal is won or lost by it: that has seldom more to tell. */
  closes(place: number): boolean {
    return (
      (changedIn(this.eventAndAspects[place]!) & aspects.status) !== 0 && statusIn(this.kind[place]!) !== status.open
    );
  }
}

/**
 * Writes into their rows what was told, and, where an event did not tell it, how the deal stood in the row before. The times
 * are there already. In a loop over all of them, each view is looked up once.
 */
export const writeTold = (columns: Columns, from: Told, { from: first, until }: Stretch): void => {
  const { minor, due, ownerAndRest, eventAndAspects, stage, kind } = columns;
  const { row: rows, eventAndAspects: tellings, kind: kinds } = from;
  for (let place = first; place < until; place += 1) {
    const row = rows[place]! | 0;
    const words = Math.imul(row, 6);
    const wordsBefore = words - 6;
    const telling = tellings[place]!;
    const what = changedIn(telling);
    eventAndAspects[words] = telling;
    minor[words >> 1] = what & aspects.worth ? from.minor[place]! : minor[wordsBefore >> 1]!;
    due[words] = what & aspects.step ? from.due[place]! : due[wordsBefore]!;
    if (!(what & aspects.owner)) ownerAndRest[words] = withOwnerOf(ownerAndRest[words]!, ownerAndRest[wordsBefore]!);
    stage[words << 1] = what & aspects.stage ? from.stage[place]! : stage[wordsBefore << 1]!;
    const [now, then] = [kinds[place]!, what === everyAspect ? 0 : kind[wordsBefore << 1]!];
    const currency = what & aspects.worth ? now : then;
    kind[words << 1] = (currency & ~3) | ((what & aspects.status ? now : then) & 3);
  }
};
