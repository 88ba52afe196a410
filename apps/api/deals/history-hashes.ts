import { hashOf, previousOf } from '@funnel/audit';
import type { EventStore } from '@funnel/event-store';
import { dealStream } from '@funnel/sales';

interface Line {
  readonly revision: number;
}
/** How an event is chained into the log; `previous` is null for one from before there was a chain. */
interface Hashes {
  readonly hash: string;
  readonly previous: string | null;
}

/** Gives lines of a deal's history, in their order, the hashes of the events as they are stored. */
export const withHashes = async <Told extends Line>(
  store: EventStore,
  dealId: string,
  lines: readonly Told[],
): Promise<(Told & Partial<Hashes>)[]> => {
  const [first, last] = [lines[0], lines.at(-1)];
  const hashes = new Map<number, Hashes>();
  if (!first || !last) return [];
  for await (const { event } of store.sealedStream(dealStream(dealId), first.revision)) {
    hashes.set(event.revision, { hash: hashOf(event), previous: previousOf(event) ?? null });
    if (event.revision >= last.revision) break;
  }
  return lines.map((line) => ({ ...line, ...hashes.get(line.revision) }));
};
