import type { Collection } from 'mongodb';
import type { Aliases, ReadView } from './aliases.ts';
import { placeOf, readPosition } from './checkpoint.ts';
import { isCursorGone, reached } from './faults.ts';
import { SharedTexts } from './shared-texts.ts';
import type { AliasDocument, RowDocument, Tables } from './tables.ts';
import { shownRow, type Keyed } from './view-reader.ts';

/** The rows of one build, complete up to a place in the log. */
interface Held<Row> {
  readonly build: string;
  readonly rows: Map<string, Keyed<Row>>;
  /** Everything up to here is in the rows. */
  readonly place: number;
  /** Streams that the build holds back: what is released later has a place that was passed before. */
  readonly parked: ReadonlySet<string>;
}

const rowsAtOnce = 1_000;
/** More than this would crowd out everything else: such a view is read anew each time. */
const mostHeld = 400_000;

/**
 * The rows of one view, held in memory: read once, and from then on only what is new. For readers that look at every row
 * again and again; a view of many rows is declared `heldByReaders`, so that what is new is found by an index.
 */
export class KeptRows<Row extends object> {
  #held: Held<Row> | undefined;
  #reading: Promise<Held<Row> | undefined> | undefined;
  readonly #texts = new SharedTexts();
  #changes = 0;

  constructor(
    private readonly view: ReadView,
    private readonly tables: Pick<Tables, 'rows' | 'checkpoints' | 'parked'>,
    private readonly aliases: Aliases,
  ) {}

  /** Grows whenever {@link all} finds that a row has changed: while it stays, so does what is told from the rows. */
  get changes(): number {
    return this.#changes;
  }

  /** Every row as the store holds it now. Do not change what it answers. @throws {ReadStoreUnavailable} @throws {OtherVersion} */
  async all(): Promise<Iterable<Keyed<Row>>> {
    // What is being read may have begun before what the caller waited for was written.
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#refreshed().finally(() => (this.#reading = undefined));
    return (await this.#reading)?.rows.values() ?? [];
  }

  async #refreshed(): Promise<Held<Row> | undefined> {
    for (;;) {
      const alias = await reached(this.aliases.inForce(this.view));
      if (!alias) return undefined;
      try {
        const held = await reached(this.#upToDate(alias));
        this.#held = held.rows.size > mostHeld ? undefined : held;
        return held;
      } catch (error) {
        // Another build has taken over meanwhile.
        if (!isCursorGone(error)) throw error;
      }
    }
  }

  async #upToDate({ build, collection }: AliasDocument): Promise<Held<Row>> {
    // In this order: rows are written before what is parked, and that before the checkpoint.
    const checkpoint = await this.tables.checkpoints.findOne({ _id: build });
    const place = checkpoint ? placeOf(readPosition(checkpoint)) : 0;
    const found = await this.tables.parked.find({ build }).toArray();
    const parked = new Set(found.map(({ stream }) => stream));
    const held = this.#held;
    const goesOn =
      held?.build === build && held.place <= place && [...held.parked].every((stream) => parked.has(stream));
    const since = goesOn ? held.place : undefined;
    const rows = goesOn ? held.rows : new Map<string, Keyed<Row>>();
    if (since !== place) await this.#fetch(this.tables.rows(collection), rows, since);
    return { build, rows, place, parked };
  }

  async #fetch(
    stored: Collection<RowDocument>,
    rows: Map<string, Keyed<Row>>,
    since: number | undefined,
  ): Promise<void> {
    const filter = since === undefined ? {} : { 'seen.place': { $gt: since } };
    if (since === undefined) this.#changes += 1;
    for await (const row of stored.find(filter, { batchSize: rowsAtOnce })) {
      this.#changes += 1;
      if (row.gone) rows.delete(row._id);
      else rows.set(row._id, this.#texts.shareIn(shownRow<Row>(row)));
    }
  }
}
