import { carryOn, columnsFor, copyRow, eventOf } from './columns.ts';
import { codesOf } from './growing.ts';
import type { Rows } from './rows.ts';

/** How many rows of each deal are known; none where its beginning is not. */
const countKnown = (rows: Rows, isKnown: Uint8Array): Uint32Array => {
  const { first, end } = rows;
  const counts = new Uint32Array(first.length);
  for (let deal = 0; deal < counts.length; deal += 1) {
    if (!isKnown[eventOf(rows, first[deal]!)]) continue;
    for (let row = first[deal]!; row < end[deal]!; row += 1) counts[deal]! += isKnown[eventOf(rows, row)]!;
  }
  return counts;
};

/** The same rows without those of events that are not known; `isKnown`: 1 or 0 by the number of an event. */
export const knownRows = (rows: Rows, isKnown: Uint8Array): Rows => {
  const counts = countKnown(rows, isKnown);
  const first = codesOf(counts.length);
  const end = codesOf(counts.length);
  const columns = columnsFor(counts.reduce((sum, count) => sum + count, 0));
  let place = 0;
  for (let deal = 0; deal < counts.length; deal += 1) {
    first[deal] = place;
    const until = counts[deal] === 0 ? 0 : rows.end[deal]!;
    for (let row = rows.first[deal]!; row < until; row += 1) {
      if (!isKnown[eventOf(rows, row)]) continue;
      copyRow(rows, row, { to: columns, place });
      if (place > first[deal]!) carryOn(columns, place, place - 1);
      place += 1;
    }
    end[deal] = place;
  }
  return { ...rows, ...columns, first, end };
};
