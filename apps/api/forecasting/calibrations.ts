import { periodEnds, type CalibrationRequest } from '@funnel/forecasting';
import { Inject, Injectable } from '@nestjs/common';
import type { In } from '../http/input.ts';
import { malformed } from '../problems/problem-error.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { endsOf } from './asked.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';

type Asked = In<'calibrate'>['body'];

/** A split that leaves nothing to learn from, or nothing to judge by, is a mistake. */
const calibrationOf = (asked: Asked, timeZone: string): CalibrationRequest => {
  const { funnelId, horizonDays, split, ageDays, segment } = asked;
  const ends = endsOf(asked, timeZone);
  const [splitAt = -Infinity] = periodEnds({ from: split, to: split, every: 'day' }, timeZone);
  const isRefined = ageDays !== undefined || segment !== undefined;
  if (ends.some((end) => end <= splitAt) && ends.some((end) => end > splitAt))
    return {
      funnelId,
      ends,
      horizonDays,
      splitAt,
      ...(isRefined && { refined: { ageDays: ageDays ?? [], segment: segment ?? 'total' } }),
    };
  const expected = `a date with period ends before and after it, from ${asked.from} to ${asked.to}`;
  throw malformed([{ path: '$.split', expected, got: split }]);
};

/** Calibrations as they are asked for over HTTP. */
@Injectable()
export class Calibrations {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws {ProblemError} */
  async of(asked: Asked) {
    const request = calibrationOf(asked, this.settings.timeZone);
    const reply = await this.forecasts.ask({ kind: 'calibration', request, knownAt: asked.knownAt });
    return { ...foundIn(reply, asked.funnelId), request };
  }
}
