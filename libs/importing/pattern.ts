/** A test for `A_*`-like patterns: `*` stands for any run of characters, `?*` for anything but nothing. */
export const matcher = (pattern: string): ((value: string) => boolean) => {
  if (pattern === '?*') return (value) => value !== '';
  if (!pattern.includes('*')) return (value) => value === pattern;
  const source = pattern
    .split('*')
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const expression = new RegExp(`^${source}$`, 's');
  return (value) => expression.test(value);
};

/** A test whether one of the patterns fits. */
export const anyMatcher = (patterns: string | readonly string[]): ((value: string) => boolean) => {
  const tests = (typeof patterns === 'string' ? [patterns] : patterns).map(matcher);
  return (value) => tests.some((test) => test(value));
};

/** A test for the names of files: capitals, folders and packing make no difference, nor do the ends that tell a kind. */
export const fileMatcher = (pattern: string | undefined): ((name: string) => boolean) => {
  if (pattern === undefined) return () => true;
  const bare = (name: string) =>
    name
      .replace(/^.*[\\/]/, '')
      .replace(/\.gz$/i, '')
      .replace(/\.(csv|xes)$/i, '')
      .toLowerCase();
  const test = matcher(bare(pattern));
  return (name) => test(bare(name));
};
