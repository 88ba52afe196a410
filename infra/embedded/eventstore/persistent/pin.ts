import type { LogReader } from '../log/reader.ts';
import { decodeReadEvent, type RecordedEvent } from '../log/record.ts';
import { linkedEvent, linkType } from '../presentation.ts';
import type { GroupSettings } from './settings.ts';
import type { SourceEvent } from './source.ts';

/** What a strategy keeps together: the event's stream, or what it is correlated with. Links count as what they name. */
export type PinOf = (event: Pick<SourceEvent, 'stream' | 'type' | 'message'>) => string;

export const pinning = (reader: LogReader, { strategy, resolveLinks }: GroupSettings): PinOf => {
  if (strategy === 'Pinned') return streamOf;
  if (strategy === 'PinnedByCorrelation')
    return (event) => correlationOf(reader, decodeReadEvent(event.message), resolveLinks) ?? streamOf(event);
  return () => '';
};

const streamOf: PinOf = ({ stream, type, message }) => {
  if (type !== linkType) return stream;
  const target = Buffer.from(decodeReadEvent(message).data).toString('utf8');
  return target.slice(target.indexOf('@') + 1);
};

const correlationOf = (reader: LogReader, event: RecordedEvent, resolveLinks: boolean): string | undefined => {
  const resolved = resolveLinks && event.type === linkType ? linkedEvent(reader, event) : event;
  if (!resolved || resolved.metadata.length === 0) return undefined;
  try {
    const metadata = JSON.parse(Buffer.from(resolved.metadata).toString('utf8')) as Record<string, unknown> | null;
    const id = metadata?.$correlationId;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
};
