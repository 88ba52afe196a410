import type { LogReader } from './log/reader.ts';
import { decodeReadEvent, encodeResolvedEvent, type RecordedEvent } from './log/record.ts';
import type { ReadRequest } from './read-request.ts';

/** Turns a stored answer into the one that this reader asked for. Mostly they are the same bytes. */
export type Present = (message: Buffer) => Uint8Array;

export const linkType = '$>';

type Options = Pick<ReadRequest, 'uuidAsText' | 'resolveLinks'>;

export const presentation = (reader: LogReader, { uuidAsText, resolveLinks }: Options): Present => {
  if (uuidAsText && !resolveLinks) return (message) => message;
  return (message) => {
    const event = decodeReadEvent(message);
    const isLink = resolveLinks && event.type === linkType;
    if (isLink) {
      const resolved = { event: linkedEvent(reader, event), link: event, position: event.position };
      return encodeResolvedEvent(resolved, uuidAsText);
    }
    return uuidAsText ? message : encodeResolvedEvent({ event, position: event.position }, uuidAsText);
  };
};

/** A link's data is `revision@stream`. The event it points to may be gone. */
export const linkedEvent = (reader: LogReader, link: RecordedEvent): RecordedEvent | undefined => {
  const target = Buffer.from(link.data).toString('utf8');
  const at = target.indexOf('@');
  const revision = Number(target.slice(0, at));
  if (at < 1 || !Number.isInteger(revision)) return undefined;
  const found = reader.at(target.slice(at + 1), revision);
  return found && decodeReadEvent(found.message);
};
