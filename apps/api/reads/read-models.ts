import type { EventStore } from '@funnel/event-store';
import { comparePositions, formatPosition, parsePosition } from '@funnel/kernel';
import type { DomainEvent, Moment, Position, Projection } from '@funnel/kernel';
import type { AnyProjection, KeptRows, ReadStore, ReadView, ViewReader } from '@funnel/read-store';
import { journeyKnownAt, journeys, knownAmong, type Journey, type Known } from '@funnel/sales-views';
import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../problems/problem-error.ts';
import { EVENT_STORE, READ_STORE } from '../tokens.ts';

const waitMs = 5_000;

/** The views, read no earlier than the client asks for. */
@Injectable()
export class ReadModels {
  private readonly keptJourneys: KeptRows<Journey>;

  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly log: EventStore,
  ) {
    this.keptJourneys = store.keep(journeys);
  }

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
  async known<Row extends object, Event extends DomainEvent>(
    projection: Projection<Row, Event>,
    knownAs: Known<Row>,
    { knownAt }: Moment,
  ): Promise<Row[]> {
    const rows = await collect(this.view(projection).all());
    return [...knownAmong(rows, knownAs, knownAt)];
  }

  /** Every deal's journey as it was known at a moment: from memory, and what is new from the view. */
  async journeys({ knownAt }: Moment): Promise<Iterable<Journey>> {
    return knownAmong(await this.keptJourneys.all(), journeyKnownAt, knownAt);
  }

  /** What all of these views have seen at least: ask before reading them. */
  async position(...views: readonly AnyProjection[]): Promise<string> {
    const statuses = await this.store.status(this.log, views);
    const positions = statuses.flatMap(({ position }) => parsePosition(position) ?? []);
    const [least] = positions.sort(comparePositions);
    return least ? formatPosition(least) : '0';
  }
}

/** Every row of a view that a report looks at. */
export const collect = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};
