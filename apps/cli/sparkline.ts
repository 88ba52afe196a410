const bars = '▁▂▃▄▅▆▇█';

/** Numbers from 0 up as a line of bars, the highest bar for `most`: the largest of them, or of others beside them. */
export const sparkline = (values: readonly number[], most = Math.max(...values, 0)): string => {
  const bar = (value: number): number => (most > 0 ? Math.round((value / most) * (bars.length - 1)) : 0);
  return values.map((value) => bars[bar(value)]).join('');
};
