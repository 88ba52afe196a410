const bars = '▁▂▃▄▅▆▇█';

/** Numbers from 0 up as a line of bars, the largest the highest. */
export const sparkline = (values: readonly number[]): string => {
  const most = Math.max(...values, 0);
  const bar = (value: number): number => (most > 0 ? Math.round((value / most) * (bars.length - 1)) : 0);
  return values.map((value) => bars[bar(value)]).join('');
};
