import { periodEnds, type SimulationRequest } from '@funnel/forecasting';
import { dateOf } from '@funnel/kernel';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed } from '../problems/problem-error.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';
import { shownBasis } from './shown-forecast.ts';
import { shownSimulation, type ShownSimulation } from './shown-simulation.ts';

type Asked = In<'simulate'>['body'];

/** Runs × periods of every group are kept while a simulation lasts. */
const mostPerGroup = 12_000;

/** The ends of the period that goes on after an instant and of those that follow. */
const comingEnds = (asOf: number, { every, periods }: Pick<Asked, 'every' | 'periods'>, timeZone: string): number[] =>
  periodEnds({ from: dateOf(asOf + 1, timeZone), to: '9999-12-31', every }, timeZone, periods);

const requestOf = (asked: Asked, timeZone: string): SimulationRequest => {
  const { funnelId, asOf = Date.now(), by, periods, runs, seed, inflow, inflowWeeks } = asked;
  if (by !== 'total' && runs * periods > mostPerGroup) {
    const expected = `at most ${Math.floor(mostPerGroup / periods)} for ${periods} periods by ${by}`;
    throw malformed([{ path: '$.runs', expected, got: runs }]);
  }
  const ends = comingEnds(asOf, asked, timeZone);
  return { funnelId, asOf, ends, by, runs, seed, inflowWeeks: inflow === 'none' ? null : inflowWeeks };
};

/** What the coming periods may bring. */
@Controller()
export class SimulationsController {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('simulate')
  async simulate(@Input() { body }: In<'simulate'>): Promise<ShownSimulation> {
    const request = requestOf(body, this.settings.timeZone);
    const reply = await this.forecasts.ask({ kind: 'simulation', request, knownAt: body.knownAt });
    const { found, basis } = foundIn(reply, body.funnelId);
    return { ...shownBasis(body.funnelId, basis), ...shownSimulation(found, request) };
  }
}
