/** The 95 % score interval of Wilson (1927) for a share of successes; `null` of no trials. Neither need be whole. */
export const wilson = (successes: number, trials: number): { readonly low: number; readonly high: number } | null => {
  if (trials === 0) return null;
  const z = 1.959963984540054;
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
};
