import { accept, reject, type Dated, type Decider, type Decision } from '@funnel/kernel';
import { occurredBefore, occurredInFuture } from '../dating.ts';
import type { Dating, OccurredBeforeLatestChange, OccurredInFuture } from '../dating.ts';
import { saysTheSame } from '../same.ts';
import type { CalibrationEvidence } from './evidence.ts';
import type { FunnelDefinition, FunnelEvent } from './funnel.events.ts';

/** A definition and the business time from which it holds, milliseconds since 1970. */
export interface FunnelVersion {
  readonly at: number;
  readonly definition: FunnelDefinition;
}
export interface DefinedFunnel {
  readonly status: 'defined';
  /** All versions, oldest first. */
  readonly versions: readonly [FunnelVersion, ...FunnelVersion[]];
}
export type Funnel = { readonly status: 'absent' } | DefinedFunnel;

/** Defines a funnel, or revises the one that is there. */
export interface DefineFunnel extends Dating {
  readonly type: 'DefineFunnel';
  readonly definition: FunnelDefinition;
  /** Why it is revised. */
  readonly reason?: string | undefined;
  /** What its weights were learnt from, where they were. */
  readonly evidence?: CalibrationEvidence | undefined;
}
export type FunnelCommand = DefineFunnel;

export type FunnelRejection =
  | { readonly code: 'stages-missing' }
  | { readonly code: 'stage-repeated'; readonly stages: readonly string[] }
  | { readonly code: 'criterion-repeated'; readonly criteria: readonly string[] }
  | { readonly code: 'stage-removed'; readonly stages: readonly string[] }
  | { readonly code: 'currency-fixed'; readonly currency: string }
  | OccurredInFuture
  | OccurredBeforeLatestChange<'version'>;
type FunnelDecision = Decision<FunnelEvent, FunnelRejection>;

const latestOf = ({ versions }: DefinedFunnel): FunnelVersion => versions.at(-1) ?? versions[0];

/** The definition in force at a business time; the first version also holds for the time before it. */
export const funnelAt = ({ versions }: DefinedFunnel, at: number): FunnelDefinition =>
  (versions.findLast((version) => version.at <= at) ?? versions[0]).definition;

const repeated = (keys: readonly string[]) => [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];

const malformed = ({ stages }: FunnelDefinition): FunnelRejection | undefined => {
  if (stages.length === 0) return { code: 'stages-missing' };
  const twice = repeated(stages.map((stage) => stage.key));
  if (twice.length > 0) return { code: 'stage-repeated', stages: twice };
  const criteria = repeated(stages.flatMap((stage) => stage.exitCriteria.map((criterion) => criterion.key)));
  return criteria.length > 0 ? { code: 'criterion-repeated', criteria } : undefined;
};

const revise = (command: DefineFunnel, latest: FunnelVersion): FunnelDecision => {
  const { definition, reason, evidence } = command;
  const before = latest.definition;
  if (saysTheSame(before, definition)) return accept();
  const late = occurredBefore(command, 'version', latest.at);
  if (late) return reject(late);
  if (before.currency !== definition.currency) return reject({ code: 'currency-fixed', currency: before.currency });
  const kept = new Set(definition.stages.map((stage) => stage.key));
  const removed = before.stages.map((stage) => stage.key).filter((key) => !kept.has(key));
  if (removed.length > 0) return reject({ code: 'stage-removed', stages: removed });
  return accept({ type: 'FunnelRevised', data: { ...definition, reason, evidence } });
};

const decide = (command: FunnelCommand, funnel: Funnel): FunnelDecision => {
  const refused = occurredInFuture(command) ?? malformed(command.definition);
  if (refused) return reject(refused);
  switch (funnel.status) {
    case 'absent':
      return accept({ type: 'FunnelDefined', data: command.definition });
    case 'defined':
      return revise(command, latestOf(funnel));
  }
};

const withVersion = (funnel: Funnel, version: FunnelVersion): DefinedFunnel => {
  if (funnel.status === 'absent') return { status: 'defined', versions: [version] };
  const [first, ...rest] = funnel.versions;
  // Imported versions may come late; a stable sort keeps equal instants in the order of recording.
  if (version.at < first.at) return { status: 'defined', versions: [version, first, ...rest] };
  return { status: 'defined', versions: [first, ...[...rest, version].sort((a, b) => a.at - b.at)] };
};

const evolve = (funnel: Funnel, event: Dated<FunnelEvent>): Funnel => {
  switch (event.type) {
    case 'FunnelDefined':
      return withVersion(funnel, { at: event.at, definition: event.data });
    case 'FunnelRevised': {
      const { reason: _reason, evidence: _evidence, ...definition } = event.data;
      return withVersion(funnel, { at: event.at, definition });
    }
  }
};

/** One funnel with all its versions. */
export const funnel: Decider<Funnel, FunnelCommand, FunnelEvent, FunnelRejection> = {
  initial: { status: 'absent' },
  evolve,
  decide,
};
