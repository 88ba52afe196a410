import { toCloudEvent, type CloudEvent } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import { comparePositions, isReadable, type Position, type Stored } from '@funnel/kernel';

/** Which events are exported. */
export interface Selection {
  /** Stored names; all when absent. */
  readonly types?: readonly string[] | undefined;
  /** Only what concerns this funnel: its versions, its deals, their alerts. */
  readonly funnelId?: string | undefined;
  /** Exclusive, as positions. */
  readonly after?: Position | undefined;
  readonly before?: Position | undefined;
  readonly publicUrl: string;
  readonly signal: AbortSignal;
}

interface Concerning {
  readonly funnelId?: string;
  readonly dealId?: string;
}

/** A test whether an event concerns a funnel. Must see all events in order: only its first one tells a deal's funnel. */
const concerns = (funnelId: string) => {
  const streams = new Set<string>([`funnel-${funnelId}`]);
  return (event: Stored): boolean => {
    const { funnelId: named } = (isReadable(event) ? event.data : {}) as Concerning;
    if (named === funnelId) streams.add(event.stream);
    return streams.has(event.stream);
  };
};

/** With a funnel the log is read from its beginning, whatever is wanted of it: see {@link concerns}. */
const readingOf = ({ types, funnelId, after, signal }: Selection) =>
  funnelId === undefined ? { ...(types && { types }), ...(after && { after }), signal } : { signal };

/** A test of what an event is and where in the log it stands; the end of the log is another matter. */
const isSelected = ({ types, funnelId, after }: Selection): ((event: Stored) => boolean) => {
  const isConcerned = funnelId === undefined ? () => true : concerns(funnelId);
  const isLate = ({ position }: Stored) => after === undefined || comparePositions(position, after) > 0;
  // Asked of every event, in this order: see {@link concerns}.
  return (event) => isConcerned(event) && isLate(event) && (types?.includes(event.type) ?? true);
};

/** The selected events as other systems see them, in the order of the log, up to where it ended at the call. */
export async function* selectedEvents(store: EventStore, selection: Selection): AsyncGenerator<CloudEvent> {
  const { before, publicUrl } = selection;
  const isWanted = isSelected(selection);
  for await (const event of store.readAll(readingOf(selection))) {
    if (before && comparePositions(event.position, before) >= 0) return;
    if (isWanted(event)) yield toCloudEvent(event, publicUrl);
  }
}
