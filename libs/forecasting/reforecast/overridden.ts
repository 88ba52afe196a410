import {
  aspects,
  changedBy,
  currencyOf,
  eventOf,
  instantOf,
  minorOf,
  ownerOf,
  stageOf,
  statusOf,
} from '../history/columns.ts';
import { codes, floats, shorts } from '../history/growing.ts';
import { dueOf, status, type Rows } from '../history/rows.ts';
import { slotAt, type Ages } from './ages.ts';
import { Beginnings } from './beginnings.ts';
import { digitsOf, type Digits } from './digits.ts';
import { KeptOnce } from './kept-once.ts';
import { keySteps } from './grouping.ts';
import type { Aim } from './pass.ts';

/** What stood open with a weight of its own at period ends: in which cell, with what weight, how much. */
export interface Overridden {
  readonly places: Uint32Array;
  readonly weights: Uint16Array;
  readonly amounts: Digits;
}

/** Open rows of deals with a weight of their own, beside each other: in the columns they are far apart. */
interface WeighedRows {
  readonly due: Float64Array;
  readonly minor: Float64Array;
  readonly deal: Uint32Array;
  readonly owner: Uint32Array;
  readonly funnel: Uint32Array;
  readonly currency: Uint16Array;
  readonly stage: Uint16Array;
  readonly weight: Uint16Array;
  readonly at: Float64Array;
  /** Until before which instant it holds. */
  readonly until: Float64Array;
  /** When the deal had entered its stage. */
  readonly since: Float64Array;
}

const weighedRowsIn = (rows: Rows): WeighedRows => {
  const [deals, owners, funnels] = [codes(), codes(), codes()];
  const [currency, stage, weight] = [shorts(), shorts(), shorts()];
  const [at, until, entered, due, minor] = [floats(), floats(), floats(), floats(), floats()];
  for (const deal of rows.weighedDeals) {
    const end = rows.end[deal]!;
    let [since, own] = [0, -1];
    for (let row = rows.first[deal]!; row < end; row += 1) {
      if (changedBy(rows, row) & aspects.stage) since = instantOf(rows, row);
      own = rows.ownWeights.get(eventOf(rows, row)) ?? own;
      if (own < 0 || statusOf(rows, row) !== status.open) continue;
      deals.push(deal);
      owners.push(ownerOf(rows, row));
      funnels.push(rows.funnelOf[deal]!);
      currency.push(currencyOf(rows, row));
      stage.push(stageOf(rows, row));
      weight.push(own);
      at.push(instantOf(rows, row));
      until.push(row + 1 < end ? instantOf(rows, row + 1) : Infinity);
      entered.push(since);
      due.push(dueOf(rows, row));
      minor.push(minorOf(rows, row));
    }
  }
  return {
    ...{ deal: deals.values, owner: owners.values, funnel: funnels.values, currency: currency.values },
    ...{ stage: stage.values, weight: weight.values, at: at.values, until: until.values, since: entered.values },
    ...{ due: due.values, minor: minor.values },
  };
};

const weighedRows = new KeptOnce<WeighedRows>(1);

/** Deals with weights of their own are few, and corrected one by one where all others are weighed together. */
export const overriddenIn = (pass: Aim, ages: Ages): Overridden => {
  const { ends, keys, groupOf, keyCount, groupCount, openIfDueAfter } = pass;
  const { perDeal } = keySteps[pass.keyedBy];
  const weighed = weighedRows.of(pass.rows, '', () => weighedRowsIn(pass.rows));
  const [places, weights, minors] = [codes(), shorts(), floats()];
  const beginnings = new Beginnings(ends);
  for (let place = 0; place < weighed.at.length; place += 1) {
    const first = beginnings.periodOf(weighed.at[place]!);
    const until = beginnings.periodOf(weighed.until[place]!);
    const isWanted = weighed.funnel[place] === pass.funnel && weighed.currency[place] === pass.wantedCurrency;
    if (first === until || !isWanted) continue;
    const key = pass.keyedBy === 'owner' ? weighed.owner[place]! : keys[weighed.deal[place]! * perDeal]!;
    for (let period = first; period < until; period += 1) {
      const group = period * groupCount + groupOf[period * keyCount + key]!;
      const slot = slotAt(ages, ages.starts[weighed.stage[place]!]!, ends[period]! - weighed.since[place]!);
      const hasStep = weighed.due[place]! > openIfDueAfter[period]! ? 1 : 0;
      places.push((group * ages.slotCount + slot) * 2 + hasStep);
      weights.push(weighed.weight[place]!);
      minors.push(weighed.minor[place]!);
    }
  }
  return { places: places.values, weights: weights.values, amounts: digitsOf(minors.values) };
};
