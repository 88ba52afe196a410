import { readRecords, verifyLog, type Sealed } from '@funnel/audit';
import type { EventStore } from '@funnel/event-store';
import { formatPosition, logStart } from '@funnel/kernel';
import { setTimeout as pause } from 'node:timers/promises';

interface Asked {
  readonly store: Pick<EventStore, 'sealedLog' | 'end'>;
  readonly rootsFile: string;
  readonly signal: AbortSignal;
}

const tellEveryMs = 500;
const line = (content: object): string => `${JSON.stringify(content)}\n`;

/** One event a line, as it is stored. */
export async function* sealedLines(log: AsyncIterable<Sealed>): AsyncGenerator<string> {
  for await (const { position, event } of log) yield line({ position: formatPosition(position), ...event });
}

/** How far the verification is, now and then, and at last what it found. */
export async function* verifying({ store, rootsFile, signal }: Asked): AsyncGenerator<string> {
  const end = formatPosition(await store.end());
  let seen = { events: 0, position: logStart };
  const judging = verifyLog({
    log: store.sealedLog({ signal }),
    records: readRecords(rootsFile),
    onProgress: (events, position) => (seen = { events, position }),
  });
  for (;;) {
    const verdict = await Promise.race([judging, pause(tellEveryMs)]);
    if (verdict) return yield line({ verdict });
    yield line({ progress: { events: seen.events, position: formatPosition(seen.position), end } });
  }
}
