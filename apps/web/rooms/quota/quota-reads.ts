import { useQueries } from '@tanstack/react-query';
import { get } from '../../api/client.ts';
import type { Answer } from '../../api/routes.ts';
import { keyOf, useRead } from '../../api/use-read.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useTeams } from '../../frame/people.ts';
import type { SubjectKind } from './route.ts';

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

/** Everybody's or every team's figures; the highest quota first, whoever has none at the end. `undefined` while they are read. */
export const useQuotaLines = (company: QuotaReport, by: SubjectKind): readonly QuotaLine[] | undefined => {
  const teams = useTeams();
  const asked = by === 'team' ? teams : [];
  const reports = useQuotas(asked.map(({ id }) => ({ subject: `team-${id}`, period: company.period })));
  if (reports.some(({ isPending }) => isPending)) return undefined;
  const ofTeams = reports.flatMap(({ data }, place) => {
    const team = asked[place];
    return data && team ? [{ ...data, key: team.id, subject: `team-${team.id}`, name: team.name }] : [];
  });
  const ofReps = company.members.map((member) => ({
    ...member,
    key: member.repId ?? '',
    subject: member.repId === null ? null : `rep-${member.repId}`,
    name: member.repId === null ? null : member.name,
  }));
  const size = ({ quota, won }: QuotaFigures) => Number(quota?.value ?? 0) * 1e6 + Number(won.value);
  return (by === 'team' ? ofTeams : ofReps).toSorted((one, other) => size(other) - size(one));
};
