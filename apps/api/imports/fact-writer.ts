import { StreamBegunOtherwise, type EventStore, type Fact } from '@funnel/event-store';
import type { RowError } from '@funnel/importing';
import { dealStream } from '@funnel/sales';
import { reach, type ImportJob } from './import-job.ts';

/** Appends under way, or waiting for the one before of the same deal. */
const inFlightAtMost = 48;
/** Facts held back so that a deal's rows that follow each other go in one append. */
const heldAtMost = 4_000;

/** Where facts were read. */
export type RowPlace = Pick<RowError, 'file' | 'line' | 'field' | 'value'>;

/** Gathers the facts of deals and appends them deal by deal, several deals at once, each in its own order. */
export class FactWriter {
  private readonly held = new Map<string, Fact[]>();
  /** The latest append of each deal: the next one waits for it. */
  private readonly latest = new Map<string, Promise<void>>();
  private inFlight = 0;
  private heldCount = 0;
  private fault: unknown;
  /** Rows that add deals, until it is known that they do. */
  private readonly beginnings = new Map<string, RowPlace>();
  /** Deals that the log knows otherwise. */
  private readonly leftAlone = new Set<string>();
  /** Called when an append has ended. */
  private goOn: (() => void) | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'appendFacts'>,
    private readonly job: ImportJob,
    /** Hears of each deal that the log knows otherwise, by the row that adds it. What it throws ends the writing. */
    private readonly toldOtherwise: (dealId: string, row: RowPlace) => void,
  ) {}

  /** Resolves when there is room for more. @throws what an earlier append threw */
  async add(dealId: string, facts: readonly Fact[], row: RowPlace): Promise<void> {
    if (this.leftAlone.has(dealId)) return;
    if (facts.some(({ begins }) => begins)) this.beginnings.set(dealId, row);
    const before = this.held.get(dealId);
    if (before) before.push(...facts);
    else this.held.set(dealId, [...facts]);
    this.heldCount += facts.length;
    if (this.heldCount > heldAtMost) await this.write(heldAtMost / 2);
  }

  /** Writes all that is held. @throws what an append threw */
  async finish(): Promise<void> {
    await this.write(0);
    await Promise.all(this.latest.values());
    this.demandNoFault();
  }

  /** The oldest deals first: their rows are the likeliest to be complete. */
  private async write(keep: number): Promise<void> {
    for (const [dealId, facts] of this.held) {
      if (this.heldCount <= keep) return;
      this.held.delete(dealId);
      this.heldCount -= facts.length;
      if (this.inFlight >= inFlightAtMost) await new Promise<void>((resolve) => (this.goOn = resolve));
      this.demandNoFault();
      this.inFlight++;
      const appending: Promise<void> = this.append(dealId, facts, this.latest.get(dealId)).finally(() => {
        this.inFlight--;
        if (this.latest.get(dealId) === appending) this.latest.delete(dealId);
        this.goOn?.();
      });
      this.latest.set(dealId, appending);
    }
  }

  private async append(dealId: string, facts: readonly Fact[], before: Promise<void> | undefined): Promise<void> {
    await before;
    try {
      if (this.leftAlone.has(dealId)) return;
      const { written, known, position } = await this.store.appendFacts(dealStream(dealId), facts);
      this.job.eventsWritten += written;
      this.job.eventsKnown += known;
      reach(this.job, position);
      this.beginnings.delete(dealId);
    } catch (fault) {
      this.fail(dealId, fault);
    }
  }

  private fail(dealId: string, fault: unknown): void {
    const row = this.beginnings.get(dealId);
    if (!(fault instanceof StreamBegunOtherwise) || !row) return void (this.fault ??= fault);
    this.leftAlone.add(dealId);
    this.beginnings.delete(dealId);
    try {
      this.toldOtherwise(dealId, row);
    } catch (end) {
      this.fault ??= end;
    }
  }

  private demandNoFault(): void {
    if (this.fault) throw this.fault;
  }
}
