/** A test for `A_*`-like patterns: `*` stands for any run of characters, everything else for itself. */
export const matcher = (pattern: string): ((value: string) => boolean) => {
  if (!pattern.includes('*')) return (value) => value === pattern;
  const source = pattern
    .split('*')
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const expression = new RegExp(`^${source}$`, 's');
  return (value) => expression.test(value);
};
