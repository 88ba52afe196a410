import { periodEnds, type CalibrationRequest, type ReforecastRequest } from '@funnel/forecasting';
import { wholeWeight } from '@funnel/kernel';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed } from '../problems/problem-error.ts';
import { shownInstant } from '../reads/present.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';
import { shownBasis, shownCalibration, shownFall, shownPeriods, type Shown } from './shown-forecast.ts';

type Asked = In<'reforecast'>['body'];

const mostPeriods = 1_000;

type Periods = Pick<Asked, 'from' | 'to' | 'every'>;

const endsOf = ({ from, to, every }: Periods, timeZone: string): number[] => {
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

/** A split that leaves nothing to learn from, or nothing to judge by, is a mistake. */
const calibrationOf = (asked: In<'calibrate'>['body'], timeZone: string): CalibrationRequest => {
  const { funnelId, horizonDays, split } = asked;
  const ends = endsOf(asked, timeZone);
  const [splitAt = -Infinity] = periodEnds({ from: split, to: split, every: 'day' }, timeZone);
  if (ends.some((end) => end <= splitAt) && ends.some((end) => end > splitAt))
    return { funnelId, ends, horizonDays, splitAt };
  const expected = `a date with period ends before and after it, from ${asked.from} to ${asked.to}`;
  throw malformed([{ path: '$.split', expected, got: split }]);
};

/** The past under other weights, and how one day's funnel became another's. */
@Controller()
export class ForecastsController {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('reforecast')
  async reforecast(@Input() { body }: In<'reforecast'>): Promise<Shown<'reforecast'>> {
    const request = requestOf(body, this.settings.timeZone);
    const reply = await this.forecasts.ask({ kind: 'reforecast', request, knownAt: body.knownAt });
    const { found, basis } = foundIn(reply, body.funnelId);
    const { accuracy, digest } = found;
    return { ...shownBasis(body.funnelId, basis), periods: shownPeriods(found), accuracy, digest };
  }

  @Serves('calibrate')
  async calibrate(@Input() { body }: In<'calibrate'>): Promise<Shown<'calibrate'>> {
    const request = calibrationOf(body, this.settings.timeZone);
    const { found, basis } = foundIn(
      await this.forecasts.ask({ kind: 'calibration', request, knownAt: body.knownAt }),
      body.funnelId,
    );
    return { ...shownBasis(body.funnelId, basis), ...shownCalibration(found) };
  }

  @Serves('waterfall')
  async waterfall(@Input() { params, query }: In<'waterfall'>): Promise<Shown<'waterfall'>> {
    const { from, to = Date.now(), knownAt } = query;
    if (from > to)
      throw malformed([{ path: 'query.to', expected: 'an instant not before `from`', got: shownInstant(to) }]);
    const request = { funnelId: params.id, from, to };
    const { found, basis } = foundIn(await this.forecasts.ask({ kind: 'waterfall', request, knownAt }), params.id);
    const period = { from: shownInstant(from), to: shownInstant(to) };
    return { ...shownBasis(params.id, basis), ...period, ...shownFall(found) };
  }
}
