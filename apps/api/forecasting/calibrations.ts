import { periodEnds, type CalibrationRequest } from '@funnel/forecasting';
import { dayMs } from '@funnel/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { In } from '../http/input.ts';
import { malformed } from '../problems/problem-error.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { endsOf } from './asked.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';
import { decidedUntil } from './horizon.ts';

type Asked = In<'calibrate'>['body'];

const refinedAs = ({ ageDays, segment }: Asked): CalibrationRequest['refined'] =>
  ageDays === undefined && segment === undefined ? undefined : { ageDays: ageDays ?? [], segment: segment ?? 'total' };

const splitExpected = ({ from, to, horizonDays, gapDays }: Asked): string => {
  const after = gapDays === 0 ? 'after it' : `more than ${gapDays} days after it`;
  const inTime = horizonDays === null ? '' : `, the horizon of ${horizonDays} days behind them`;
  return `a date with period ends before and ${after}, from ${from} to ${to}${inTime}`;
};

/**
 * Period ends after which the horizon is not over are left out: deals that are won in time still would count as not won. A split
 * that leaves nothing to learn from, or nothing to judge by, is a mistake.
 */
const calibrationOf = (asked: Asked, timeZone: string): CalibrationRequest => {
  const { funnelId, horizonDays, split, gapDays } = asked;
  const decided = decidedUntil(asked) ?? Infinity;
  const ends = endsOf(asked, timeZone).filter((end) => end <= decided);
  const [splitAt = -Infinity] = periodEnds({ from: split, to: split, every: 'day' }, timeZone);
  const judgedAfter = splitAt + gapDays * dayMs;
  if (ends.some((end) => end <= splitAt) && ends.some((end) => end > judgedAfter))
    return {
      funnelId,
      ends,
      horizonDays,
      ...{ splitAt, judgedAfter },
      refined: refinedAs(asked),
    };
  throw malformed([{ path: '$.split', expected: splitExpected(asked), got: split }]);
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
