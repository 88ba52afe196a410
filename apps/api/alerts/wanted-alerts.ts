import { isOfThePast, type Moment } from '@funnel/kernel';
import type { RowFilter } from '@funnel/read-store';
import type { AlertRow } from '@funnel/sales-views';
import type { In } from '../http/input.ts';
import { wantedOwner } from '../reads/present.ts';
import { standingAlerts } from './past-alerts.ts';

type Query = In<'listAlerts'>['query'];

/** Which alerts are asked for; `members` are those of the team, where one is asked for. */
export const wantedAlerts = (query: Query, moment: Moment, members: readonly string[]): RowFilter<AlertRow> => {
  const { status, owner, team, deal } = query;
  return {
    $and: [
      isOfThePast(query) ? standingAlerts(moment, status) : status === undefined ? {} : { status },
      owner === undefined ? {} : { ownerId: wantedOwner(owner) ?? null },
      team === undefined ? {} : { ownerId: { $in: members } },
      deal === undefined ? {} : { dealId: deal },
    ],
  };
};
