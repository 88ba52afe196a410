import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Stage } from '../../deals/use-funnel.ts';
import { moneyOf, nothing, plus } from '../../deals/weighted.ts';
import type { Money } from '../../language/formats.ts';

/** From how many days on a stay belongs to a bucket. */
export const bucketStarts = [0, 8, 15, 31, 61, 91, 181] as const;
export type Bucket = number;

const dayS = 86_400;

/** Which bucket a length of time falls into. */
export const bucketOf = (seconds: number): Bucket =>
  bucketStarts.findLastIndex((start) => Math.floor(seconds / dayS) >= start);

export interface HeatCell {
  readonly stage: Stage;
  readonly bucket: Bucket;
  readonly deals: readonly OpenDeal[];
  readonly amount: Money;
  /** Share of the largest cell's amount, 0..1. */
  readonly heat: number;
}
export interface HeatRow {
  readonly stage: Stage;
  readonly cells: readonly HeatCell[];
  readonly count: number;
  readonly amount: Money;
}

const summed = (deals: readonly OpenDeal[], currency: string): Money => {
  const first = nothing(deals[0]?.amount ?? { value: '0.00', currency });
  return moneyOf(deals.reduce((sum, { amount }) => plus(sum, amount), first));
};

interface HeatFacts {
  readonly stages: readonly Stage[];
  readonly currency: string;
  readonly deals: readonly OpenDeal[];
}

/** Open deals by stage and age. Colours need no cents: heat is a share of the largest cell. */
export const heatOf = ({ stages, currency, deals }: HeatFacts): HeatRow[] => {
  const byStage = Map.groupBy(deals, ({ stage }) => stage);
  const rows = stages.map((stage) => {
    const stood = byStage.get(stage.key) ?? [];
    const byBucket = Map.groupBy(stood, ({ dwellSeconds }) => bucketOf(dwellSeconds));
    const cells = bucketStarts.map((_, bucket) => {
      const inCell = byBucket.get(bucket) ?? [];
      return { stage, bucket, deals: inCell, amount: summed(inCell, currency) };
    });
    return { stage, cells, count: stood.length, amount: summed(stood, currency) };
  });
  const largest = Math.max(...rows.flatMap(({ cells }) => cells.map(({ amount }) => Number(amount.value))), 0);
  const heat = ({ value }: Money) => (largest === 0 ? 0 : Number(value) / largest);
  return rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, heat: heat(cell.amount) })) }));
};

/** Whether a stay of this bucket is over the limit of its stage, wholly or in part. */
export const overLimit = ({ maxDwellDays }: Stage, bucket: Bucket): 'no' | 'partly' | 'yes' => {
  if (maxDwellDays === null) return 'no';
  if ((bucketStarts[bucket] ?? 0) >= maxDwellDays) return 'yes';
  return (bucketStarts[bucket + 1] ?? Infinity) > maxDwellDays ? 'partly' : 'no';
};
