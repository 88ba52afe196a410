import { periodEnds, type BacktestRequest, type SimulationRequest } from '@funnel/forecasting';
import { dateOf } from '@funnel/kernel';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed } from '../problems/problem-error.ts';
import { Reports } from '../reports/reports.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { endsOf } from './asked.ts';
import { targetOf } from './asked-target.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';
import { shownBasis } from './shown-forecast.ts';
import { shownBacktest, type ShownBacktest } from './shown-backtest.ts';
import { shownSimulation, shownTarget, type ShownSimulation } from './shown-simulation.ts';

type Asked = In<'simulate'>['body'];
type Aim = Pick<SimulationRequest, 'asOf' | 'target'>;
type Coming = Pick<Asked, 'every' | 'periods'> & { readonly until?: number | undefined };

const mostPeriods = 60;
const mostInstants = 60;

/** Runs × periods of every group are kept while a simulation lasts. */
const mostPerGroup = 12_000;

/** The ends of the period that goes on after an instant and of those that follow, until `until` at least. */
const comingEnds = (asOf: number, { every, periods, until = asOf }: Coming, timeZone: string): number[] => {
  const from = dateOf(asOf + 1, timeZone);
  const needed = periodEnds({ from, to: dateOf(until, timeZone), every }, timeZone, mostPeriods + 1).length;
  if (needed > mostPeriods)
    throw malformed([{ path: '$.every', expected: `longer periods, at most ${mostPeriods} until then`, got: every }]);
  return periodEnds({ from, to: '9999-12-31', every }, timeZone, Math.max(periods, needed));
};

const requestOf = (asked: Asked, { asOf, target }: Aim, timeZone: string): SimulationRequest => {
  const { funnelId, by, runs, seed, inflow, inflowWeeks } = asked;
  const ends = comingEnds(asOf, { ...asked, until: target?.until }, timeZone);
  if (by !== 'total' && runs * ends.length > mostPerGroup) {
    const expected = `at most ${Math.floor(mostPerGroup / ends.length)} for ${ends.length} periods by ${by}`;
    throw malformed([{ path: '$.runs', expected, got: runs }]);
  }
  return { funnelId, asOf, ends, by, runs, seed, inflowWeeks: inflow === 'none' ? null : inflowWeeks, target };
};

/** The instants to simulate from, with those of the following periods that are over. */
const backtestOf = (asked: In<'backtest'>['body'], now: number, timeZone: string): BacktestRequest => {
  const { funnelId, every, ahead, known, runs, seed, inflowWeeks } = asked;
  const beginnings = endsOf(asked, timeZone).map((asOf) => {
    const ends = comingEnds(asOf, { every, periods: ahead }, timeZone);
    return { asOf, ends: ends.filter((end) => end <= now) };
  });
  const over = beginnings.filter(({ ends }) => ends.length > 0);
  if (over.length === 0 || over.length > mostInstants) {
    const expected = `1 to ${mostInstants} period ends after which a period is over, found ${over.length}`;
    throw malformed([{ path: '$.from', expected, got: asked.from }]);
  }
  return { funnelId, beginnings: over, runs, seed, inflowWeeks, knownThen: known === 'then' };
};

/** What the coming periods may bring, and whether that can be believed. */
@Controller()
export class SimulationsController {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('simulate')
  async simulate(@Input() { body }: In<'simulate'>): Promise<ShownSimulation> {
    const { funnelId, knownAt, asOf = Date.now() } = body;
    const aim = await targetOf(body, { asOf }, this.reports);
    const request = requestOf(body, { asOf, target: aim?.target }, this.settings.timeZone);
    const reply = await this.forecasts.ask({ kind: 'simulation', request, knownAt });
    const { found, basis } = foundIn(reply, funnelId);
    return {
      ...shownBasis(funnelId, basis),
      ...shownSimulation(found, request),
      target: shownTarget(found, body, aim),
    };
  }

  @Serves('backtest')
  async backtest(@Input() { body }: In<'backtest'>): Promise<ShownBacktest> {
    const request = backtestOf(body, Date.now(), this.settings.timeZone);
    const { found, basis } = foundIn(await this.forecasts.ask({ kind: 'backtest', request }), body.funnelId);
    return { ...shownBasis(body.funnelId, basis), ...shownBacktest(found, request) };
  }
}
