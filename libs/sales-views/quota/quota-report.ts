import { dateOf, parsePeriod, type Money, type Span, type Weight } from '@funnel/kernel';
import { quotaFor, type DefinedFunnel } from '@funnel/sales';
import type { Journey } from '../journeys/journey.ts';
import { standingAt, type Standing } from '../journeys/standing.ts';
import { definedFunnel, weigh } from '../journeys/weigh.ts';
import type { RepRow } from '../people/people-rows.ts';
import { teamAt, teamsOf } from '../people/teams-at.ts';
import type { QuotaReport, QuotaRequest } from './quota-report.types.ts';
import type { QuotaRow } from './quota-row.ts';
import { emptyQuotaTally, quotaFigures, type QuotaTally } from './quota-tally.ts';
import { quotaAt, quotaKey } from './quotas.ts';
import { belongsTo, subjectParts, type BelongsTo } from './subject.ts';

interface Frame {
  readonly asOf: number;
  readonly span: Span;
  /** First and last calendar date of the period. */
  readonly dates: readonly [string, string];
  readonly currency: string;
  readonly funnels: ReadonlyMap<string, DefinedFunnel>;
  readonly belongs: BelongsTo;
  /** The part of a subject's quota that falls into the period. */
  readonly quotaOf: (subject: string) => Money | undefined;
}

interface Counted {
  readonly standing: Standing;
  readonly frame: Frame;
}

/** An open deal as it counts. */
interface WeighedDeal {
  readonly minor: number;
  readonly weight: Weight;
  readonly isExpected: boolean;
}

interface Tallies {
  readonly whole: QuotaTally;
  readonly byOwner: Map<string | null, QuotaTally>;
  otherCurrency: number;
}

/** One subject while its deals are counted. */
interface Subject {
  readonly subject: string;
  readonly frame: Frame;
  readonly tallies: Tallies;
}
/** What is the same for every subject that is looked at together. */
type SharedRequest = Omit<QuotaRequest, 'subject'> & { readonly reps: readonly RepRow[] };

const tallyClosed = (tally: QuotaTally, standing: Standing, isInPeriod: boolean): void => {
  tally.history.closedCount += 1;
  if (standing.status !== 'won') return;
  tally.history.won.add(standing.minor);
  if (!isInPeriod) return;
  tally.won.add(standing.minor);
  tally.wonCount += 1;
};

const tallyOpen = (tally: QuotaTally, { minor, weight, isExpected }: WeighedDeal): void => {
  tally.openCount += 1;
  tally.weightedOpen.addProduct(minor, weight);
  if (isExpected) tally.expected.addProduct(minor, weight);
};

const isWithin = ({ from, until }: Span, at: number): boolean => at >= from && at < until;

const weightOf = (journey: Journey, standing: Standing, { funnels, asOf }: Frame): Weight => {
  const funnel = funnels.get(journey.funnelId);
  return funnel ? weigh(standing, funnel, asOf) : 0;
};

const isExpectedIn = ([first, last]: Frame['dates'], date: string | null): boolean =>
  date !== null && date >= first && date <= last;

/** Whether the deal is counted, or would be in the right currency: it stands open, or was won in the period. */
const isShown = ({ status, closedAt }: Standing, { span }: Frame): boolean =>
  status === 'open' || (status === 'won' && closedAt !== null && isWithin(span, closedAt));

const tallyOf = ({ byOwner }: Tallies, ownerId: string | null): QuotaTally => {
  let tally = byOwner.get(ownerId);
  if (!tally) byOwner.set(ownerId, (tally = emptyQuotaTally()));
  return tally;
};

const tallyStanding = (tallies: readonly QuotaTally[], journey: Journey, { standing, frame }: Counted): void => {
  if (standing.status !== 'open') {
    for (const tally of tallies) tallyClosed(tally, standing, isShown(standing, frame));
    return;
  }
  const isExpected = isExpectedIn(frame.dates, standing.expectedClose);
  const deal = { minor: standing.minor, weight: weightOf(journey, standing, frame), isExpected };
  for (const tally of tallies) tallyOpen(tally, deal);
};

const tallyDeal = ({ tallies, frame }: Subject, journey: Journey, standing: Standing): void => {
  // Who won a deal keeps it, whoever got it afterwards.
  const ownerId = standing.closedAt === null ? standing.ownerId : standing.closedBy;
  if (!frame.belongs(journey, ownerId, standing.closedAt ?? frame.asOf)) return;
  if (standing.currency !== frame.currency) {
    if (isShown(standing, frame)) tallies.otherCurrency += 1;
    return;
  }
  tallyStanding([tallies.whole, tallyOf(tallies, ownerId)], journey, { standing, frame });
};

const quotasOf = ({ quotas, period, asOf }: SharedRequest): Frame['quotaOf'] => {
  const byKey = new Map<string, QuotaRow>();
  for (const row of quotas) byKey.set(quotaKey(row.subject, row.year), row);
  return (subject: string) => {
    const row = byKey.get(quotaKey(subject, Number(period.slice(0, 4))));
    if (!row) return undefined;
    const { amount, shares } = quotaAt(row, asOf);
    return quotaFor({ year: row.year, amount, ...(shares && { shares: [...shares] }) }, period);
  };
};

const isMember =
  (kind: string, id: string, asOf: number) =>
  (rep: RepRow): boolean =>
    kind === 'company' || (kind === 'team' && teamAt(rep, asOf) === id);

const compareText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

const membersOf = ({ reps, asOf }: SharedRequest, { subject, frame, tallies }: Subject): QuotaReport['members'] => {
  const { byOwner } = tallies;
  const [kind, id] = subjectParts(subject);
  if (kind === 'rep') return [];
  const names = new Map(reps.map(({ repId, name }) => [repId, name]));
  const ids = new Set(reps.filter(isMember(kind, id, asOf)).map(({ repId }) => repId));
  for (const owner of byOwner.keys()) if (owner !== null) ids.add(owner);
  const lines = [...ids].sort(compareText).map((repId) => {
    const quota = frame.quotaOf(`rep-${repId}`);
    const comparable = quota?.currency === frame.currency ? BigInt(quota.minor) : null;
    return {
      repId,
      name: names.get(repId) ?? repId,
      ...quotaFigures(comparable, byOwner.get(repId) ?? emptyQuotaTally()),
    };
  });
  const unowned = byOwner.get(null);
  return unowned ? [...lines, { repId: null, name: '', ...quotaFigures(null, unowned) }] : lines;
};

const subjectsOf = (request: SharedRequest, span: Span, subjects: readonly string[]): Subject[] => {
  const { asOf, timeZone, reps } = request;
  const quotaOf = quotasOf(request);
  const teamAtThen = teamsOf(reps);
  const shared = {
    ...{ asOf, span, quotaOf },
    dates: [dateOf(span.from, timeZone), dateOf(span.until - 1, timeZone)] as const,
    funnels: new Map([...request.funnels].map((row) => [row.funnelId, definedFunnel(row)])),
  };
  return subjects.map((subject) => {
    const currency = quotaOf(subject)?.currency ?? request.currency;
    const frame = { ...shared, currency, belongs: belongsTo(subject, teamAtThen) };
    return { subject, frame, tallies: { whole: emptyQuotaTally(), byOwner: new Map(), otherCurrency: 0 } };
  });
};

const reportOf = (request: SharedRequest, counted: Subject): QuotaReport => {
  const { subject, frame, tallies } = counted;
  const quota = frame.quotaOf(subject);
  return {
    subject,
    period: request.period,
    from: frame.span.from,
    to: frame.span.until,
    asOf: frame.asOf,
    currency: frame.currency,
    ...quotaFigures(quota ? BigInt(quota.minor) : null, tallies.whole),
    members: membersOf(request, counted),
    otherCurrencyCount: tallies.otherCurrency,
  };
};

/** The quotas of several subjects in a period, from one look at every deal; `undefined` if the period is none. */
export const quotaReports = (
  request: Omit<QuotaRequest, 'subject'>,
  subjects: readonly string[],
): QuotaReport[] | undefined => {
  const span = parsePeriod(request.period, request.timeZone);
  if (!span) return undefined;
  const shared: SharedRequest = { ...request, reps: [...request.reps] };
  const counted = subjectsOf(shared, span, subjects);
  for (const journey of request.journeys) {
    const standing = standingAt(journey, request.asOf);
    if (standing) for (const subject of counted) tallyDeal(subject, journey, standing);
  }
  return counted.map((subject) => reportOf(shared, subject));
};

/** A subject's quota in a period against what was won and what stands open; `undefined` if the period is none. */
export const quotaReport = (request: QuotaRequest): QuotaReport | undefined =>
  quotaReports(request, [request.subject])?.[0];
