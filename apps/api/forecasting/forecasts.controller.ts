import { periodEnds, type CalibrationRequest } from '@funnel/forecasting';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed } from '../problems/problem-error.ts';
import { shownInstant } from '../reads/present.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { endsOf } from './asked.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';
import { shownBasis, shownCalibration, shownFall, type Shown } from './shown-forecast.ts';

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

/** What weights should have been, and how one day's funnel became another's. */
@Controller()
export class ForecastsController {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

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
