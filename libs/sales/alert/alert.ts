import { accept, formatInstant, reject, type Dated, type Decider, type Decision } from '@funnel/kernel';
import { dueAt } from '../aging/limits.ts';
import { occurredInFuture, type Dating, type OccurredInFuture } from '../dating.ts';
import type { KnownDeal } from '../deal/deal.state.ts';
import type { FunnelDefinition, Stage } from '../funnel/funnel.events.ts';
import { dwellAlertId, type AlertEvent } from './alert.events.ts';
import { questionsFor } from './questions.ts';

type Facts = Extract<AlertEvent, { type: 'AlertRaised' }>['data'];
type Cause = Extract<AlertEvent, { type: 'AlertResolved' }>['data']['because'];

export type Alert =
  { readonly status: 'absent' } | { readonly status: 'raised' | 'acknowledged' | 'resolved'; readonly facts: Facts };

/** What matters of a deal here: where it stands and since when. A whole deal says it too. */
export type Standing =
  | { readonly status: 'absent' }
  | (Pick<KnownDeal, 'dealId' | 'title' | 'funnelId' | 'stage' | 'stageEntry' | 'ownerId' | 'since'> & {
      readonly status: KnownDeal['status'] | 'closed';
    });

/** What a dwell alert is judged by: the deal as it is now, its funnel in force now, and the company's time zone. */
export interface DwellFacts {
  readonly deal: Standing;
  readonly funnel: FunnelDefinition;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timeZone: string;
}
export interface RaiseDwellAlert extends DwellFacts {
  readonly type: 'RaiseDwellAlert';
  /** The visit to a stage that was found overdue. */
  readonly stageEntry: number;
}
export interface AcknowledgeAlert extends Dating {
  readonly type: 'AcknowledgeAlert';
  readonly note?: string | undefined;
}
export interface ResolveAlert {
  readonly type: 'ResolveAlert';
  readonly because: Cause;
}
export type AlertCommand = RaiseDwellAlert | AcknowledgeAlert | ResolveAlert;
export type AlertRejection =
  | { readonly code: 'alert-absent' }
  | { readonly code: 'alert-resolved' }
  | { readonly code: 'no-longer-due' }
  | OccurredInFuture;
type AlertDecision = Decision<AlertEvent, AlertRejection>;

const dwellFacts = ({ deal, funnel, timeZone }: DwellFacts): Facts | undefined => {
  const stage: Stage | undefined =
    deal.status === 'open' ? funnel.stages.find(({ key }) => key === deal.stage) : undefined;
  if (deal.status !== 'open' || !stage || stage.maxDwellDays === null) return undefined;
  const due = dueAt(deal.since, stage, timeZone);
  if (due === undefined) return undefined;
  return {
    alertId: dwellAlertId(deal.dealId, deal.stageEntry),
    kind: 'stage-dwell',
    dealId: deal.dealId,
    title: deal.title,
    funnelId: deal.funnelId,
    stage: deal.stage,
    part: stage.part,
    stageEntry: deal.stageEntry,
    ownerId: deal.ownerId,
    since: formatInstant(deal.since),
    dueAt: formatInstant(due),
    limitDays: stage.maxDwellDays,
    questions: [...questionsFor[stage.part]],
  };
};

const isOverdue = (facts: Facts | undefined, now: number): facts is Facts =>
  facts !== undefined && Date.parse(facts.dueAt) <= now;

const raise = (command: RaiseDwellAlert, alert: Alert): AlertDecision => {
  if (alert.status !== 'absent') return accept();
  const facts = dwellFacts(command);
  if (!isOverdue(facts, command.now) || facts.stageEntry !== command.stageEntry) {
    return reject({ code: 'no-longer-due' });
  }
  return accept({ type: 'AlertRaised', data: facts });
};

const acknowledge = (command: AcknowledgeAlert, alert: Alert): AlertDecision => {
  const refused = occurredInFuture(command);
  if (refused) return reject(refused);
  switch (alert.status) {
    case 'absent':
      return reject({ code: 'alert-absent' });
    case 'resolved':
      return reject({ code: 'alert-resolved' });
    case 'acknowledged':
      return accept();
    case 'raised':
      return accept({ type: 'AlertAcknowledged', data: { alertId: alert.facts.alertId, note: command.note } });
  }
};

const resolve = ({ because }: ResolveAlert, alert: Alert): AlertDecision => {
  if (alert.status === 'absent') return reject({ code: 'alert-absent' });
  if (alert.status === 'resolved') return accept();
  return accept({ type: 'AlertResolved', data: { alertId: alert.facts.alertId, because } });
};

/** Why the cause of a dwell alert is gone, or `undefined` while the deal still stays too long in the same visit. */
export const dwellCauseGone = (alerted: Pick<Facts, 'stageEntry'>, judged: DwellFacts): Cause | undefined => {
  const { deal } = judged;
  if (deal.status !== 'open') return 'closed';
  if (deal.stageEntry !== alerted.stageEntry) return 'moved-on';
  return isOverdue(dwellFacts(judged), judged.now) ? undefined : 'limit-changed';
};

const decide = (command: AlertCommand, alert: Alert): AlertDecision => {
  switch (command.type) {
    case 'RaiseDwellAlert':
      return raise(command, alert);
    case 'AcknowledgeAlert':
      return acknowledge(command, alert);
    case 'ResolveAlert':
      return resolve(command, alert);
  }
};

const evolve = (alert: Alert, event: Dated<AlertEvent>): Alert => {
  switch (event.type) {
    case 'AlertRaised':
      return { status: 'raised', facts: event.data };
    case 'AlertAcknowledged':
      return alert.status === 'raised' ? { ...alert, status: 'acknowledged' } : alert;
    case 'AlertResolved':
      return alert.status === 'absent' ? alert : { ...alert, status: 'resolved' };
  }
};

/** One alert: raised once for its cause, perhaps acknowledged, resolved when its cause is gone. */
export const alert: Decider<Alert, AlertCommand, AlertEvent, AlertRejection> = {
  initial: { status: 'absent' },
  evolve,
  decide,
};
