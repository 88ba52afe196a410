import {
  accuracyOf,
  calibrate,
  reforecast,
  simulation,
  waterfall,
  type History,
  type ReforecastRequest,
} from '@funnel/forecasting';
import { canonicalJson } from '@funnel/kernel';
import type { DefinedFunnel } from '@funnel/sales';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Findings, Question, Refusal, Reply } from './conversation.ts';
import { inTurns } from './in-turns.ts';
import type { KeptHistory } from './kept-history.ts';

const waitMs = 5_000;

/** Amounts are exact whole numbers beyond JSON's. */
const digestOf = (content: object): string => {
  const text = JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(text)))
    .digest('hex');
};

const sealed = <Figures extends object>(request: object, figures: Figures) => ({
  ...figures,
  digest: digestOf({ request, figures }),
});

const unknownStages = ({ versions }: DefinedFunnel, { weights }: ReforecastRequest): string[] => {
  const known = new Set(versions.flatMap(({ definition }) => definition.stages.map(({ key }) => key)));
  return Object.keys(weights).filter((stage) => !known.has(stage));
};

type Found = { readonly kind: 'found'; readonly found: Findings[Question['kind']] };

const findings = async (everything: History, { kind, request, knownAt }: Question): Promise<Found | Refusal> => {
  const history = knownAt === undefined ? everything : everything.knownAt(knownAt);
  const funnel = history.funnel(request.funnelId);
  if (funnel.status === 'absent') return { kind: 'funnel-unknown' };
  if (kind === 'waterfall') return { kind: 'found', found: waterfall(history, funnel, request) };
  if (kind === 'calibration')
    return { kind: 'found', found: sealed({ ...request, knownAt }, calibrate(history, funnel, request)) };
  if (kind === 'simulation')
    return {
      kind: 'found',
      found: sealed({ ...request, knownAt }, await inTurns(simulation(history, funnel, request))),
    };
  const stages = unknownStages(funnel, request);
  if (stages.length > 0) return { kind: 'stage-unknown', stages };
  const figures = reforecast(history, funnel, request);
  return { kind: 'found', found: { ...sealed({ ...request, knownAt }, figures), accuracy: accuracyOf(figures) } };
};

/** Answers from everything that is in the log by now. */
export const answer = async (kept: KeptHistory, question: Question): Promise<Reply> => {
  const late = pause(waitMs, 'late' as const, { ref: false });
  if ((await Promise.race([kept.catchUp(), late])) === 'late') return { kind: 'behind' };
  const { position, unreadableEvents, history } = kept;
  const found = await findings(history, question);
  return found.kind === 'found' ? { ...found, basis: { position, unreadableEvents } } : found;
};
