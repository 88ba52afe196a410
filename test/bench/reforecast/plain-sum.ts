import { instantOf, minorOf, ownerOf, stageOf, statusOf, type History } from '@funnel/forecasting';

/** What says how deals stood, packed: each a column that holds nothing else. */
export const packedColumns = (history: History) => {
  const rows = history.rows();
  const { length } = rows.units;
  const columns = {
    ...{ at: new Float64Array(length), minor: new Float64Array(length), stage: new Uint16Array(length) },
    ...{ owner: new Uint32Array(length), status: new Uint8Array(length) },
  };
  for (let row = 0; row < length; row += 1) {
    columns.at[row] = instantOf(rows, row);
    columns.minor[row] = minorOf(rows, row);
    columns.stage[row] = stageOf(rows, row);
    columns.owner[row] = ownerOf(rows, row);
    columns.status[row] = statusOf(rows, row);
  }
  return columns;
};

/** Adds them up, one number after the other: what no pass over them can be faster than. */
export const plainSum = ({ at, minor, stage, owner, status }: ReturnType<typeof packedColumns>): number => {
  let sum = 0;
  for (let row = 0; row < at.length; row += 1) sum += minor[row]! + at[row]! + stage[row]! + owner[row]! + status[row]!;
  return sum;
};
