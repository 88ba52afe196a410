import type { EventStore } from '@funnel/event-store';
import { adopted } from '@funnel/forecasting';
import { funnel, funnelStream } from '@funnel/sales';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FunnelMessage } from '../funnels/funnel.handler.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { refused } from '../problems/rejections.ts';
import { EVENT_STORE } from '../tokens.ts';
import { Calibrations } from './calibrations.ts';
import { shownAdopted, shownCalibration, type ShownAdopted, type ShownCalibration } from './shown-calibration.ts';
import { shownBasis } from './shown-forecast.ts';

const moved = (digest: string): ProblemError =>
  new ProblemError(
    'calibration-moved',
    `The digest is ${digest} now: history says something else than when you looked; look at the calibration again.`,
    { members: { digest } },
  );

/** What the weights should have been, and making them the funnel's. */
@Controller()
export class CalibrationsController {
  constructor(
    @Inject(Calibrations) private readonly calibrations: Calibrations,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Serves('calibrate')
  async calibrate(@Input() { body }: In<'calibrate'>): Promise<ShownCalibration> {
    const { found, basis } = await this.calibrations.of(body);
    return { ...shownBasis(body.funnelId, basis), ...shownCalibration(found) };
  }

  @Serves('adoptCalibration')
  async adopt(@Input() { body, call }: Told<'adoptCalibration'>): Promise<ShownAdopted> {
    const { funnelId, knownAt, basis, least, reason } = body;
    const { found: calibration, basis: seen, request } = await this.calibrations.of(body);
    const { digest } = calibration;
    if (digest !== body.digest) throw moved(digest);
    const { definition, revision } = await this.newest(funnelId);
    const adoption = { request, calibration, digest, position: seen.position, knownAt, basis, least };
    const { evidence, ...revised } = adopted(definition, adoption);
    const why = reason ?? `Weights by ${basis} of calibration ${digest.slice(0, 12)}`;
    // The version that was read is the one to revise.
    const exactly = { ...call, expectedRevision: call.expectedRevision ?? revision };
    const done = await this.commands.execute(new FunnelMessage(revised.definition, { reason: why, evidence }, exactly));
    return Object.assign(done, shownAdopted(evidence));
  }

  /** The version of the funnel that came last. */
  private async newest(funnelId: string) {
    const { state, revision } = await this.store.load(funnel, funnelStream(funnelId));
    if (state.status === 'absent') throw refused({ code: 'funnel-unknown', funnelId });
    const { definition } = state.versions.at(-1) ?? state.versions[0];
    return { definition, revision };
  }
}
