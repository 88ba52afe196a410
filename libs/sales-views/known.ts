import type { FunnelRow } from './funnel/funnel-row.ts';
import type { Journey } from './journeys/journey.ts';
import type { RepRow, TeamRow } from './people/people-rows.ts';
import type { QuotaRow } from './quota/quota-row.ts';

/**
 * What was on record of a row at an instant; `null` where nothing was. Rows keep when each of their parts was recorded, so
 * that a report of what one knew then is the same report over fewer parts: a row as known at an instant is the row that
 * the events recorded by then make.
 */
export type Known<Row> = (row: Row, knownAt: number) => Row | null;

/** The parts that were on record; the same array where all were. */
const recordedBy = <Part extends { readonly recordedAt: number }>(parts: readonly Part[], knownAt: number) =>
  parts.every(({ recordedAt }) => recordedAt <= knownAt)
    ? parts
    : parts.filter(({ recordedAt }) => recordedAt <= knownAt);

const versionsKnown = <Row extends FunnelRow | QuotaRow | TeamRow>(row: Row, knownAt: number): Row | null => {
  const versions = recordedBy<Row['versions'][number]>(row.versions, knownAt);
  return versions.length === 0 ? null : { ...row, versions };
};

export const funnelKnownAt: Known<FunnelRow> = versionsKnown;
export const quotaKnownAt: Known<QuotaRow> = versionsKnown;
export const teamKnownAt: Known<TeamRow> = versionsKnown;

export const repKnownAt: Known<RepRow> = (row, knownAt) => {
  const memberships = recordedBy(row.memberships, knownAt);
  return memberships.length === 0 ? null : { ...row, memberships };
};

export const journeyKnownAt: Known<Journey> = (journey, knownAt) => {
  const { facts } = journey;
  if (facts.every(({ n }) => n <= knownAt)) return journey;
  const known = facts.filter(({ n }) => n <= knownAt);
  return known.some(({ k }) => k === 'added') ? { ...journey, facts: known } : null;
};

/** The rows as known at an instant. */
export function* knownAmong<Row>(rows: Iterable<Row>, known: Known<Row>, knownAt: number): Generator<Row> {
  for (const row of rows) {
    const then = known(row, knownAt);
    if (then) yield then;
  }
}
