import { accuracyOf, reforecast, type History, type ReforecastRequest } from '@funnel/forecasting';
import type { DefinedFunnel } from '@funnel/sales';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../commands/canonical-json.ts';
import type { Reply } from './conversation.ts';
import type { FollowedHistory } from './followed-history.ts';

const waitMs = 5_000;

/** Amounts are exact whole numbers beyond JSON's. */
const digestOf = (content: object): string => {
  const plain = JSON.parse(
    JSON.stringify(content, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
  );
  return createHash('sha256').update(canonicalJson(plain)).digest('hex');
};

const unknownStages = ({ versions }: DefinedFunnel, { weights }: ReforecastRequest): string[] => {
  const known = new Set(versions.flatMap(({ definition }) => definition.stages.map(({ key }) => key)));
  return Object.keys(weights).filter((stage) => !known.has(stage));
};

const forecastFrom = (history: History, request: ReforecastRequest) => {
  const funnel = history.funnel(request.funnelId);
  if (funnel.status === 'absent') return { kind: 'funnel-unknown' } as const;
  const stages = unknownStages(funnel, request);
  if (stages.length > 0) return { kind: 'stage-unknown', stages } as const;
  const figures = reforecast(history, funnel, request);
  return {
    ...figures,
    kind: 'figures',
    accuracy: accuracyOf(figures),
    digest: digestOf({ request, figures }),
  } as const;
};

/** Answers from everything that is in the log by now. */
export const answer = async (followed: FollowedHistory, request: ReforecastRequest): Promise<Reply> => {
  if (!(await followed.isCurrent(waitMs))) return { kind: 'behind' };
  const { position, unreadableEvents, history } = followed;
  const figures = forecastFrom(history, request);
  if (figures.kind !== 'figures') return figures;
  const { kind: _, ...forecast } = figures;
  return { kind: 'forecast', forecast: { ...forecast, position, unreadableEvents } };
};
