import type { Actor } from '@funnel/kernel';
import type { CommandBus } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import type { Call } from '../commands/call.ts';
import { RepMessage, TeamMessage } from '../people/people.handlers.ts';
import { QuotaMessage } from '../quotas/quota.handler.ts';
import { demoMapping, reps, teams } from './company.ts';

/** Who sells in the demonstration, since when, and what they are to win in which years. */
export interface Settlement {
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly years: readonly number[];
}

/** In fen. */
const million = 100_000_000;

const quotasOf = (year: number) => {
  const quota = (subject: string, millions: number) => ({
    subject,
    year,
    amount: { minor: millions * million, currency: demoMapping.currency },
  });
  return [
    quota('company', 120),
    ...teams.map(({ id }) => quota(`team-${id}`, 40)),
    ...reps.map(({ id }) => quota(`rep-${id}`, 10)),
  ];
};

/** Said again, the same people change nothing: the rules take an equal repetition for what it is. */
export const settle = async (commands: CommandBus, { actor, since, years }: Settlement): Promise<void> => {
  const call = (): Call => ({ commandId: randomUUID(), actor, at: since, now: Date.now() });
  for (const { id, name } of teams) await commands.execute(new TeamMessage({ teamId: id, name }, call()));
  for (const { id, name, teamId } of reps) {
    const profile = { repId: id, name, teamId, email: undefined };
    await commands.execute(new RepMessage(id, { type: 'JoinRep', profile }, call()));
  }
  for (const quota of years.flatMap(quotasOf)) await commands.execute(new QuotaMessage(quota, undefined, call()));
};
