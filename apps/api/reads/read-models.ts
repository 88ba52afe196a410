import type { EventStore } from '@funnel/event-store';
import { comparePositions, formatPosition, parsePosition } from '@funnel/kernel';
import type { DomainEvent, Moment, Position, Projection } from '@funnel/kernel';
import type { AnyProjection, ReadStore, ReadView, ViewReader } from '@funnel/read-store';
import type { Known } from '@funnel/sales-views';
import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../problems/problem-error.ts';
import { EVENT_STORE, READ_STORE } from '../tokens.ts';
import { knownRows } from './known-rows.ts';

const waitMs = 5_000;

/** The views, read no earlier than the client asks for. */
@Injectable()
export class ReadModels {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly log: EventStore,
  ) {}

  view<Row extends object, Event extends DomainEvent>(projection: Projection<Row, Event>): ViewReader<Row> {
    return this.store.view(projection);
  }

  /** Waits until the views have seen a position, but not for ever: whether they have. */
  shown(position: Position, views: readonly ReadView[]): Promise<boolean> {
    return this.store.waitFor(views, position, { timeoutMs: waitMs });
  }

  /** Waits until the views have seen a position, if one is given. @throws {ProblemError} `view-behind` */
  async seen(after: string | undefined, ...views: readonly ReadView[]): Promise<void> {
    const position = after === undefined ? undefined : parsePosition(after);
    if (!position) return;
    if (await this.shown(position, views)) return;
    const names = views.map(({ name }) => name);
    throw new ProblemError(
      'view-behind',
      `The views ${names.join(', ')} have not reached ${after} yet; try again shortly.`,
      {
        headers: { 'retry-after': '1' },
      },
    );
  }

  /** Every row of a view as it was known at a moment. */
  known<Row extends object, Event extends DomainEvent>(
    projection: Projection<Row, Event>,
    knownAs: Known<Row>,
    moment: Moment,
  ): Promise<Row[]> {
    return knownRows(this.view(projection), knownAs, moment);
  }

  /** What all of these views have seen at least: ask before reading them. */
  async position(...views: readonly AnyProjection[]): Promise<string> {
    const statuses = await this.store.status(this.log, views);
    const positions = statuses.flatMap(({ position }) => parsePosition(position) ?? []);
    const [least] = positions.sort(comparePositions);
    return least ? formatPosition(least) : '0';
  }
}
