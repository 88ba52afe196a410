import type { SimulationRequest, Target } from '@funnel/forecasting';
import { momentOf } from '@funnel/kernel';
import type { QuotaReport } from '@funnel/sales-views';
import type { In } from '../http/input.ts';
import { malformed } from '../problems/problem-error.ts';
import type { Reports } from '../reports/reports.ts';

type Asked = In<'simulate'>['body'];

/** A target as it was asked for, and what of it is won. */
export interface AskedTarget {
  readonly target: Target;
  readonly report: QuotaReport;
  /** Minor units to win in the whole period. */
  readonly toWin: bigint;
}

const wrong = (path: string, expected: string, got: unknown) =>
  malformed([{ path: `$.target.${path}`, expected, got }]);

const groupOf = (subject: string): Pick<Target, 'by' | 'key'> => {
  const [, kind, key] = /^(rep|team)-(.*)$/u.exec(subject) ?? [];
  if (kind === undefined || key === undefined) return { by: 'total', key: 'total' };
  return { by: kind === 'rep' ? 'owner' : 'team', key };
};

/** What is still to be won of a quota. @throws {ProblemError} `malformed` */
export const targetOf = async (
  { target: asked, knownAt, inflowWeeks }: Asked,
  { asOf }: Pick<SimulationRequest, 'asOf'>,
  reports: Reports,
): Promise<AskedTarget | undefined> => {
  if (asked === undefined) return undefined;
  const { subject, period, amount, chance } = asked;
  const moment = momentOf({ asOf, knownAt }, asOf);
  const report = await reports.ask({ kind: 'quota', request: { subject, period }, moment, isNow: false });
  if (!report || report.to <= asOf) throw wrong('period', 'a period that is not over by then', period);
  if (amount && amount.currency !== report.currency)
    throw wrong('amount', `an amount in ${report.currency}`, amount.currency);
  const toWin = amount ? BigInt(amount.minor) : report.quota;
  if (toWin === null)
    throw wrong('period', `a period for which ${subject} has a quota, or an amount beside it`, period);
  const missing = toWin > report.won ? toWin - report.won : 0n;
  const until = report.to - 1;
  return {
    report,
    toWin,
    target: { ...groupOf(subject), amount: Number(missing), until, chance, likeWeeks: inflowWeeks },
  };
};
