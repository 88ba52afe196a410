import { formatInstant, formatMinor, type Money } from '@funnel/kernel';

/** How answers show what the product keeps: money as a decimal with its currency, instants as ISO 8601 in UTC. */

export interface ShownMoney {
  value: string;
  currency: string;
}

export const shownMoney = ({ minor, currency }: Money): ShownMoney => ({
  value: formatMinor(minor, currency),
  currency,
});

/** Shows sums of minor units of one currency. */
export const moneyIn = (currency: string) => {
  const shown = (minor: bigint): ShownMoney => ({ value: formatMinor(minor, currency), currency });
  return Object.assign(shown, { orNull: (minor: bigint | null) => (minor === null ? null : shown(minor)) });
};

/** Sums by currency, in order of the currency's name. */
export const shownAmounts = (amounts: Readonly<Record<string, bigint>>): ShownMoney[] =>
  Object.entries(amounts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, minor]) => moneyIn(currency)(minor));

export const shownInstant = formatInstant;
export const instantOrNull = (at: number | null): string | null => (at === null ? null : formatInstant(at));

/** The record time that a report is limited to; `null` where it knows everything. */
export const shownKnownAt = (knownAt: number): string | null =>
  Number.isFinite(knownAt) ? formatInstant(knownAt) : null;

/** What a filter by owner asks for: `null` is "owned by nobody", which is asked for as `none`. */
export const wantedOwner = (owner: string | undefined): string | null | undefined => (owner === 'none' ? null : owner);
