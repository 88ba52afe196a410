import type { DomainEvent, EventLog, Position, Projection } from '@funnel/kernel';
import type { Db, MongoClient } from 'mongodb';
import { Aliases, type ReadView } from './aliases.ts';
import { Documents } from './documents.ts';
import type { AnyProjection } from './engine/engine.ts';
import { reached } from './faults.ts';
import { KeptRows } from './kept-rows.ts';
import { viewStatus, type ViewStatus } from './status.ts';
import { openTables, type Tables } from './tables.ts';
import { ViewReader } from './view-reader.ts';
import { Arrivals, type WaitOptions } from './wait.ts';

/** The read models of the product and a few notes beside them. All of it can be lost: it is built again from the log. */
export class ReadStore {
  /** For the engine; everybody else reads through {@link view}. */
  readonly tables: Tables;
  private readonly aliases: Aliases;
  private readonly arrivals: Arrivals;

  constructor(
    private readonly client: MongoClient,
    private readonly database: Db,
  ) {
    this.tables = openTables(database);
    this.aliases = new Aliases(this.tables);
    this.arrivals = new Arrivals(this.tables, this.aliases);
  }

  /** The rows of a view, from whichever build of its version is in force. */
  view<Row extends object, Event extends DomainEvent>(view: Projection<Row, Event>): ViewReader<Row> {
    return new ViewReader<Row>(view, this.tables, this.aliases);
  }

  /** Holds the rows of a view in memory, for whoever reads all of them again and again. */
  keep<Row extends object, Event extends DomainEvent>(view: Projection<Row, Event>): KeptRows<Row> {
    return new KeptRows<Row>(view, this.tables, this.aliases);
  }

  /**
   * Read your own writes: resolves to true as soon as all of the views, in these versions, have taken in everything up to
   * the position, to false when the time is over or the signal aborts first. What this store reads afterwards is at least that new.
   */
  waitFor(views: readonly ReadView[], position: Position, options: WaitOptions): Promise<boolean> {
    return this.arrivals.waitFor(views, position, options);
  }

  /** @throws {OtherVersion} where one of the views is kept in another version; one that was never built is only empty */
  async demandVersionOf(views: readonly ReadView[]): Promise<void> {
    await reached(Promise.all(views.map((view) => this.aliases.inForce(view))));
  }

  status(log: Pick<EventLog, 'head'>, views: readonly AnyProjection[]): Promise<ViewStatus[]> {
    return reached(viewStatus(this.tables, log, views));
  }

  /** Asks the engine to try a parked stream again. Whether the view holds that stream back. */
  async release(view: string, stream: string): Promise<boolean> {
    const { matchedCount } = await reached(
      this.tables.parked.updateMany({ view, stream }, { $set: { release: true } }),
    );
    return matchedCount > 0;
  }

  /** Those of the streams that a view holds back: what it says of them is old. */
  async heldBack(view: string, streams: readonly string[]): Promise<ReadonlySet<string>> {
    const held = this.tables.parked.find({ view, stream: { $in: [...streams] } });
    return new Set((await reached(held.toArray())).map(({ stream }) => stream));
  }

  /** Asks the engine to build a view afresh, beside the build in force, and to let it take over when it has caught up. */
  async rebuild(view: string): Promise<void> {
    await reached(this.tables.rebuilds.updateOne({ _id: view }, { $inc: { count: 1 } }, { upsert: true }));
  }

  documents<Body extends object>(name: string): Documents<Body> {
    return new Documents<Body>(this.database.collection(name));
  }

  /** @throws {ReadStoreUnavailable} */
  async ping(): Promise<void> {
    await reached(this.database.command({ ping: 1 }));
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
