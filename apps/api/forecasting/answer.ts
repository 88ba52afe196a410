import {
  accuracyOf,
  backtest,
  calibrate,
  compare,
  countTogether,
  openCell,
  reforecast,
  simulation,
  waterfall,
  type History,
  type KnownHistory,
  type Partner,
  type ReforecastRequest,
} from '@funnel/forecasting';
import { canonicalJson } from '@funnel/kernel';
import type { DefinedFunnel } from '@funnel/sales';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Basis, Body, Findings, Question, Refusal, Reply } from './conversation.ts';
import { inTurns } from './in-turns.ts';
import type { KeptHistory } from './kept-history.ts';
import { shownBasis } from './shown-forecast.ts';
import { shownComparison, shownReforecast, type ShownAs } from './shown-reforecast.ts';

const waitMs = 5_000;

const digestOf = (content: object): string => createHash('sha256').update(canonicalJson(content)).digest('hex');

const sealed = <Figures extends object>(request: object, figures: Figures) => ({
  ...figures,
  digest: digestOf({ request, figures }),
});

type Weighing = Pick<ReforecastRequest, 'weights' | 'ageWeights'>;

/** What weights are asked about; nothing where the weights are not the question's. */
const weighingsOf = ({ kind, request }: Question): readonly Weighing[] => {
  switch (kind) {
    case 'reforecast':
    case 'cell':
      return [request];
    case 'comparison':
      return [request.baseline, request.candidate];
    default:
      return [];
  }
};

/** Stages that are weighed and that no version of the funnel knows. */
const unknownStages = (known: ReadonlySet<string>, question: Question): string[] => {
  const named = weighingsOf(question).flatMap(({ weights, ageWeights }) => [
    ...Object.keys(weights),
    ...Object.keys(ageWeights ?? {}),
  ]);
  return [...new Set(named)].filter((stage) => !known.has(stage));
};

const bodyOf = (shown: object): Body => Buffer.from(JSON.stringify(shown));

interface Known {
  readonly basis: Basis;
  readonly everything: History;
  readonly partner: Partner | undefined;
}

interface Past extends Known {
  readonly history: KnownHistory;
  readonly funnel: DefinedFunnel;
}

/** The exact figures of a question. */
const figuresOf = async (
  { basis, everything, partner, history, funnel }: Past,
  { kind, request, knownAt }: Question,
) => {
  const asked = { ...request, knownAt };
  switch (kind) {
    case 'waterfall':
      return waterfall(history, funnel, request);
    case 'cell':
      return openCell(history, funnel, request);
    case 'calibration':
      return sealed(asked, calibrate(history, funnel, request));
    case 'simulation':
      return sealed(asked, await inTurns(simulation(history, funnel, request)));
    case 'backtest': {
      const historyAt = (at: number) => (at === Infinity ? history : everything.knownAt(at));
      return sealed(asked, await inTurns(backtest(historyAt, funnel, request)));
    }
    case 'comparison': {
      if (partner) countTogether(history, funnel, { question: request, partner });
      const { horizonDays } = request;
      const shown = shownComparison(sealed(asked, compare(history, funnel, request)), { horizonDays, knownAt });
      const answer: ShownAs<'compareReforecasts'> = { ...shownBasis(request.funnelId, basis), ...shown };
      return bodyOf(answer);
    }
    case 'reforecast': {
      if (partner) countTogether(history, funnel, { question: request, partner });
      const figures = reforecast(history, funnel, request);
      const { horizonDays } = request;
      const told = { ...sealed(asked, figures), accuracy: accuracyOf(figures) };
      const shown = shownReforecast(told, { horizonDays, knownAt });
      const answer: ShownAs<'reforecast'> = { ...shownBasis(request.funnelId, basis), ...shown };
      return bodyOf(answer);
    }
  }
};

type Found = { readonly kind: 'found'; readonly found: Findings[Question['kind']] };

const findings = async ({ basis, everything, partner }: Known, question: Question): Promise<Found | Refusal> => {
  const { request, knownAt } = question;
  const history = knownAt === undefined ? everything : everything.knownAt(knownAt);
  const funnel = history.funnel(request.funnelId);
  if (funnel.status === 'absent') {
    return { kind: 'funnel-unknown', isKnownNow: everything.funnel(request.funnelId).status !== 'absent' };
  }
  const known = new Set(funnel.versions.flatMap(({ definition }) => definition.stages.map(({ key }) => key)));
  const stages = unknownStages(known, question);
  if (stages.length > 0) return { kind: 'stage-unknown', stages, known: [...known] };
  return { kind: 'found', found: await figuresOf({ basis, everything, partner, history, funnel }, question) };
};

interface Grounds {
  readonly kept: KeptHistory;
  /** Where there are cores enough for two. */
  readonly partner: Partner | undefined;
}

/** Answers from everything that is in the log by now. */
export const answer = async ({ kept, partner }: Grounds, question: Question): Promise<Reply> => {
  const late = pause(waitMs, 'late' as const, { ref: false });
  if ((await Promise.race([kept.catchUp(), late])) === 'late') return { kind: 'behind' };
  const { position, unreadableEvents, history } = kept;
  const basis: Basis = { position, unreadableEvents };
  const found = await findings({ basis, everything: history, partner }, question);
  return found.kind === 'found' ? { ...found, basis } : found;
};
