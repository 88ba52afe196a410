import type { Fault } from '@funnel/contracts';

/**
 * What was wrong with which field: `$.amount.value` and `$.amount` both belong to the field `amount`. What belongs to no
 * field of the form is told above it.
 */
export const faultsByField = (
  faults: readonly Fault[],
  fields: readonly string[],
): Readonly<Record<string, string>> => {
  const told: Record<string, string> = {};
  for (const { path, expected } of faults) {
    const name = /^\$\.([^.[]+)/.exec(path)?.[1];
    if (name !== undefined && fields.includes(name)) told[name] ??= expected;
  }
  return told;
};
