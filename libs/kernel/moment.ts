/**
 * A place in both times: what was true at `asOf` (business time), by what was on record at `knownAt` (record time).
 * Milliseconds since 1970; `knownAt` Infinity is everything that is known today.
 */
export interface Moment {
  readonly asOf: number;
  readonly knownAt: number;
}

export interface AskedMoment {
  readonly asOf?: number | undefined;
  readonly knownAt?: number | undefined;
}

/** Whether somebody asks for a moment, and not for the present. */
export const isOfThePast = ({ asOf, knownAt }: AskedMoment): boolean => asOf !== undefined || knownAt !== undefined;

/** Who asks only what was known by an instant, asks how things stood at that instant as well. */
export const momentOf = ({ asOf, knownAt }: AskedMoment, now: number): Moment => ({
  asOf: asOf ?? knownAt ?? now,
  knownAt: knownAt ?? Infinity,
});

/** Whether something had happened and was on record. */
export const isWithin = (
  { asOf, knownAt }: Moment,
  { at, recordedAt }: { readonly at: number; readonly recordedAt: number },
): boolean => at <= asOf && recordedAt <= knownAt;
