import type { AnswerOf, routes } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import { pingRedis } from '@funnel/jobs';
import type { ReadStore } from '@funnel/read-store';
import { salesViews } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { ProblemError } from '../problems/problem-error.ts';
import type { Settings } from '../settings.ts';
import { EVENT_STORE, READ_STORE, SETTINGS } from '../tokens.ts';
import { answersWithin } from './answers-within.ts';

/** An orchestrator asks often and gives up soon. */
const patienceMs = 2_000;

/** For those who watch over the program. */
@Controller()
export class HealthController {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(READ_STORE) private readonly readStore: ReadStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('live')
  live(@Input() _input: In<'live'>): AnswerOf<(typeof routes)['live']> {
    return { status: 'ok' };
  }

  @Serves('ready')
  async ready(@Input() _input: In<'ready'>): Promise<AnswerOf<(typeof routes)['ready']>> {
    const pings = {
      'event store': this.eventStore.ping(),
      'read store': this.readStore.ping(),
      redis: pingRedis(this.settings.redisUrl),
    };
    const asked = Object.entries(pings).map(
      async ([name, ping]) => [name, await answersWithin(patienceMs, ping)] as const,
    );
    const answers = await Promise.all(asked);
    const silent = answers.flatMap(([name, answered]) => (answered ? [] : [name]));
    if (silent.length === 0) {
      // While they are built for this release, the one before it goes on answering.
      await this.readStore.demandVersionOf(salesViews);
      return { status: 'ok', servers: Object.fromEntries(answers.map(([name]) => [name, 'ok' as const])) };
    }
    throw new ProblemError('unavailable', `Not reached within ${patienceMs} ms: ${silent.join(', ')}.`, {
      headers: { 'retry-after': '2' },
      members: { silent },
    });
  }
}
