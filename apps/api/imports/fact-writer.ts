import type { EventStore, Fact } from '@funnel/event-store';
import { dealStream } from '@funnel/sales';
import { reach, type ImportJob } from './import-job.ts';

/** Streams written to at the same time. */
const inFlightAtMost = 48;
/** Facts held back so that a deal's rows that follow each other go in one append. */
const heldAtMost = 4_000;

/** Gathers the facts of deals and appends them deal by deal, several deals at once, each in its own order. */
export class FactWriter {
  private readonly held = new Map<string, Fact[]>();
  private readonly inFlight = new Set<Promise<void>>();
  private heldCount = 0;
  private fault: unknown;
  /** Called when an append has ended. */
  private goOn: (() => void) | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'appendFacts'>,
    private readonly job: ImportJob,
  ) {}

  /** Resolves when there is room for more. @throws what an earlier append threw */
  async add(dealId: string, facts: readonly Fact[]): Promise<void> {
    const before = this.held.get(dealId);
    if (before) before.push(...facts);
    else this.held.set(dealId, [...facts]);
    this.heldCount += facts.length;
    if (this.heldCount > heldAtMost) await this.write(heldAtMost / 2);
  }

  /** Writes all that is held. @throws what an append threw */
  async finish(): Promise<void> {
    await this.write(0);
    await Promise.all(this.inFlight);
    this.demandNoFault();
  }

  /** The oldest deals first: their rows are the likeliest to be complete. */
  private async write(keep: number): Promise<void> {
    for (const [dealId, facts] of this.held) {
      if (this.heldCount <= keep) return;
      this.held.delete(dealId);
      this.heldCount -= facts.length;
      if (this.inFlight.size >= inFlightAtMost) await new Promise<void>((resolve) => (this.goOn = resolve));
      this.demandNoFault();
      const appending: Promise<void> = this.append(dealId, facts).finally(() => {
        this.inFlight.delete(appending);
        this.goOn?.();
      });
      this.inFlight.add(appending);
    }
  }

  private async append(dealId: string, facts: readonly Fact[]): Promise<void> {
    try {
      const { written, known, position } = await this.store.appendFacts(dealStream(dealId), facts);
      this.job.eventsWritten += written;
      this.job.eventsKnown += known;
      reach(this.job, position);
    } catch (fault) {
      this.fault ??= fault;
    }
  }

  private demandNoFault(): void {
    if (this.fault) throw this.fault;
  }
}
