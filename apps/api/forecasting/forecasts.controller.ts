import type { AnswerOf, routes } from '@funnel/contracts';
import { periodEnds, type ReforecastRequest } from '@funnel/forecasting';
import { formatPosition, roundWeighted, wholeWeight } from '@funnel/kernel';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed, ProblemError } from '../problems/problem-error.ts';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import type { Forecast, Reply } from './conversation.ts';
import { Forecasts } from './forecasts.ts';

type Shown = AnswerOf<(typeof routes)['reforecast']>;
type Asked = In<'reforecast'>['body'];

const mostPeriods = 1_000;

const endsOf = ({ from, to, every }: Asked, timeZone: string): number[] => {
  if (from > to) throw malformed([{ path: '$.to', expected: `a date not before ${from}`, got: to }]);
  const ends = periodEnds({ from, to, every }, timeZone, mostPeriods + 1);
  if (ends.length <= mostPeriods) return ends;
  throw malformed([{ path: '$.every', expected: `at most ${mostPeriods} periods from ${from} to ${to}`, got: every }]);
};

const requestOf = (asked: Asked, timeZone: string): ReforecastRequest => ({
  funnelId: asked.funnelId,
  ends: endsOf(asked, timeZone),
  by: asked.by,
  weights: Object.fromEntries(
    Object.entries(asked.weights ?? {}).map(([stage, weight]) => [stage, Math.round(weight * wholeWeight)]),
  ),
  horizonDays: asked.horizonDays,
  nextStepRule: asked.nextStepRule,
  overrides: asked.overrides,
});

const forecastIn = (reply: Reply, { funnelId }: Asked): Forecast => {
  switch (reply.kind) {
    case 'forecast':
      return reply.forecast;
    case 'funnel-unknown':
      throw new ProblemError('funnel-unknown', `There is no funnel "${funnelId}".`);
    case 'stage-unknown':
      throw new ProblemError(
        'stage-unknown',
        `The funnel "${funnelId}" never had the stages ${reply.stages.join(', ')}.`,
      );
    case 'behind':
      throw new ProblemError('view-behind', 'The history is still being read; try again shortly.', {
        headers: { 'retry-after': '1' },
      });
    case 'failed':
      throw new Error(`the forecast failed: ${reply.message}`);
  }
};

const shown = (funnelId: string, { currency, periods, accuracy, digest, ...about }: Forecast): Shown => {
  const money = moneyIn(currency);
  return {
    funnelId,
    asOfPosition: formatPosition(about.position),
    periods: periods.map(({ at, groups }) => ({
      at: shownInstant(at),
      groups: groups.map(({ key, count, amount, forecast, realized }) => ({
        ...{ key, count, amount: money(amount), realized: money(realized) },
        forecast: money(roundWeighted(forecast)),
      })),
    })),
    accuracy,
    digest,
    unreadableEvents: about.unreadableEvents,
  };
};

/** The past under other weights. */
@Controller()
export class ForecastsController {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('reforecast')
  async reforecast(@Input() { body }: In<'reforecast'>): Promise<Shown> {
    const reply = await this.forecasts.reforecast(requestOf(body, this.settings.timeZone));
    return shown(body.funnelId, forecastIn(reply, body));
  }
}
