export interface Band {
  readonly label: string;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Bands on one scale from 0, a line each: `2026-07-31  ··▒▒█▒▒▒`. */
export const fan = (bands: readonly Band[], width = 48): string[] => {
  const most = Math.max(...bands.map(({ high }) => high), 0);
  const place = (value: number): number => (most > 0 ? Math.round((value / most) * (width - 1)) : 0);
  return bands.map(({ label, low, middle, high }) => {
    const [from, at, to] = [place(low), place(middle), place(high)];
    return `${label}  ${'·'.repeat(from)}${'▒'.repeat(at - from)}█${'▒'.repeat(to - at)}`;
  });
};
