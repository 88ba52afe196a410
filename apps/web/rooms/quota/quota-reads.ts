import { useQueries } from '@tanstack/react-query';
import { get } from '../../api/client.ts';
import type { Answer } from '../../api/routes.ts';
import { keyOf, useRead } from '../../api/use-read.ts';
import { useShownDay } from '../../frame/as-of.ts';

const path = '/api/quotas/report';
export type QuotaReport = Answer<'GET', typeof path>;
export type QuotaFigures = Omit<QuotaReport['members'][number], 'repId' | 'name'>;

/** One line of the comparison: whose figures, and the subject that a quota is set for (`null`: nobody's deals). */
export type QuotaLine = QuotaFigures & {
  readonly key: string;
  readonly subject: string | null;
  readonly name: string | null;
};

export const useCompanyQuota = (period: string) => {
  const { asOf } = useShownDay();
  return useRead(path, { query: { subject: 'company', period, ...asOf } });
};

/** The same question about several subjects or periods, each answer `undefined` until it is there. */
export const useQuotas = (questions: readonly { subject: string; period: string }[]) => {
  const { asOf } = useShownDay();
  return useQueries({
    queries: questions.map((question) => {
      const sent = { query: { ...question, ...asOf } };
      return { queryKey: keyOf(path, sent), queryFn: ({ signal }: { signal: AbortSignal }) => get(path, sent, signal) };
    }),
  });
};

/** The highest quota first, whoever has none at the end. */
const bySize = (lines: readonly QuotaLine[]): readonly QuotaLine[] => {
  const size = ({ quota, won }: QuotaFigures) => Number(quota?.value ?? 0) * 1e6 + Number(won.value);
  return lines.toSorted((one, other) => size(other) - size(one));
};

/** Everybody beside everybody else: the company's report tells them. */
export const repLines = (company: QuotaReport): readonly QuotaLine[] =>
  bySize(
    company.members.map(({ repId, ...member }) => ({
      ...member,
      key: repId ?? '',
      subject: repId === null ? null : `rep-${repId}`,
      name: repId === null ? null : member.name,
    })),
  );

export const useTeamLines = (period: string, isAsked: boolean) => {
  const { asOf } = useShownDay();
  const reading = useRead('/api/quotas/teams', { query: { period, ...asOf } }, { enabled: isAsked });
  const lines = reading.data?.items.map((team) => ({ ...team, key: team.teamId, subject: `team-${team.teamId}` }));
  return { ...reading, data: lines && bySize(lines) };
};
