import { wholeWeight } from '@funnel/kernel';
import type { Reforecast } from './request.ts';

/** How far forecasts were from what came; `null` where nothing was realized. */
export interface Accuracy {
  /** Σ |forecast − realized| ÷ Σ realized, over every group of every period. */
  readonly wape: number | null;
  /** Σ (forecast − realized) ÷ Σ realized. */
  readonly bias: number | null;
}

export const accuracyOf = ({ periods }: Pick<Reforecast, 'periods'>): Accuracy => {
  let [absolute, signed, total] = [0n, 0n, 0n];
  for (const { groups } of periods) {
    for (const { forecast, realized } of groups) {
      const exact = realized * BigInt(wholeWeight);
      const error = forecast - exact;
      absolute += error < 0n ? -error : error;
      signed += error;
      total += exact;
    }
  }
  if (total === 0n) return { wape: null, bias: null };
  return { wape: Number(absolute) / Number(total), bias: Number(signed) / Number(total) };
};
