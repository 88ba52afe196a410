import { carryOn, columnsFor, copyRow } from './columns.ts';
import { codesOf } from './growing.ts';
import type { Rows } from './rows.ts';

/** How many rows of each deal were recorded by an instant; none where its beginning was not. */
const countKnown = ({ first, end, recordedAt }: Rows, knownAt: number): Uint32Array => {
  const counts = new Uint32Array(first.length);
  for (let deal = 0; deal < counts.length; deal += 1) {
    if (recordedAt[first[deal]!]! > knownAt) continue;
    for (let row = first[deal]!; row < end[deal]!; row += 1) if (recordedAt[row]! <= knownAt) counts[deal]! += 1;
  }
  return counts;
};

/** The same rows without what was recorded after an instant. */
export const rowsKnownAt = (rows: Rows, knownAt: number): Rows => {
  const counts = countKnown(rows, knownAt);
  const first = codesOf(counts.length);
  const end = codesOf(counts.length);
  const columns = columnsFor(counts.reduce((sum, count) => sum + count, 0));
  let place = 0;
  for (let deal = 0; deal < counts.length; deal += 1) {
    first[deal] = place;
    const until = counts[deal] === 0 ? 0 : rows.end[deal]!;
    for (let row = rows.first[deal]!; row < until; row += 1) {
      if (rows.recordedAt[row]! > knownAt) continue;
      copyRow(rows, row, { to: columns, place });
      if (place > first[deal]!) carryOn(columns, place, place - 1);
      place += 1;
    }
    end[deal] = place;
  }
  return { ...rows, ...columns, first, end };
};
