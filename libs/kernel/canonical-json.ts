/**
 * JSON text that is the same for the same content (RFC 8785): keys in the order of their UTF-16 units, no spaces, numbers
 * as JavaScript writes them. Half of a surrogate pair, which the RFC does not know, is written as its escape, and a bigint,
 * which JSON does not know, as text.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let fields = '';
  for (const name of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) fields += `${fields && ','}${JSON.stringify(name)}:${canonicalJson(field)}`;
  }
  return `{${fields}}`;
};
