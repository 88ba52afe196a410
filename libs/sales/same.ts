const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether two JSON values say the same: the order of keys does not matter, nor does a key that is `undefined`. */
export const saysTheSame = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  return [...Object.keys(one), ...Object.keys(other)].every((key) => saysTheSame(one[key], other[key]));
};
