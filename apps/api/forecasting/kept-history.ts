import type { EventStore } from '@funnel/event-store';
import { History } from '@funnel/forecasting';
import { isReadable, logStart, type Position, type Recorded } from '@funnel/kernel';
import type { SalesEvent } from '@funnel/sales';

/** The history that forecasts are made from: read from the log as far as it goes, whenever somebody asks. */
export class KeptHistory {
  readonly history = new History();
  position: Position = logStart;
  unreadableEvents = 0;
  #reading: Promise<void> | undefined;

  constructor(private readonly store: EventStore) {}

  /**
   * Reads everything that is in the log by now. In one go and not event by event as it comes: nobody looks in between, and
   * the cores are the commands' first. @throws {StoreUnavailable}
   */
  async catchUp(): Promise<void> {
    // What is being read may end before what was written since it began.
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async #read(): Promise<void> {
    for await (const event of this.store.readAll({ after: this.position })) {
      if (isReadable(event)) this.history.add(event as Recorded<SalesEvent>);
      else this.unreadableEvents += 1;
      this.position = event.position;
    }
  }
}
