import { aspects, changedBy, instantOf } from '../history/columns.ts';
import type { Rows } from '../history/rows.ts';
import { eachOpen, Finding } from './holding.ts';
import type { Pass } from './pass.ts';

/** A row of a deal that stood open, and the periods at whose ends it did: from one until before another. */
export interface Standing {
  readonly deal: number;
  readonly row: number;
  readonly first: number;
  readonly until: number;
  /** When the deal had entered its stage. */
  readonly since: number;
}

/** When the deal of a row had entered the stage in which it stood: at the latest with its first row, which tells everything. */
const enteredStage = (rows: Rows, row: number): number => {
  let entered = row;
  while (!(changedBy(rows, entered) & aspects.stage)) entered -= 1;
  return instantOf(rows, entered);
};

/** Calls for all that stood where from when to when, deal by deal. The same question as {@link sumUp} answers with sums. */
export const eachStanding = (pass: Pass, visit: (standing: Standing) => void): void => {
  const { rows, holdings } = pass;
  const finding = new Finding(pass);
  for (let lot = 0; lot < holdings.isFound.length; lot += 1) {
    const { from, until: stop } = finding.found(lot);
    for (let deal = from; deal < stop; deal += 1) {
      eachOpen(pass, deal, (row, first, until) => visit({ deal, row, first, until, since: enteredStage(rows, row) }));
    }
  }
};
