import type { RecordedEvent } from '@eventstore/db-client';
import { genesisOf, hashOf, hashOfTexts, type Head, type SealedEvent } from '@funnel/audit';
import type { Pending, Written } from './envelope.ts';

/** What a link adds to the metadata of an event: `,"previous":"…"`. */
export const linkBytes = 78;

export const emptyHead = (stream: string): Head => ({ revision: -1, hash: genesisOf(stream) });
export const headAt = (event: RecordedEvent): Head => ({
  revision: Number(event.revision),
  hash: hashOf(sealed(event)),
});

/** What is no JSON is kept apart from text that looks the same. */
const asJson = (value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : (value ?? null);

/** An event exactly as it is stored. */
export const sealed = ({ id, streamId, revision, type, data, metadata }: RecordedEvent): SealedEvent => ({
  ...{ id, stream: streamId, revision: Number(revision), type },
  ...{ data: asJson(data), metadata: asJson(metadata) },
});

const bytes = new TextEncoder();

/** Puts the link where it belongs in canonical metadata: before `recordedAt`, which all metadata has, as a name once. */
const linked = (metadata: string, previous: string): string => {
  const place = metadata.lastIndexOf(',"recordedAt":');
  return `${metadata.slice(0, place)},"previous":"${previous}"${metadata.slice(place)}`;
};

/** Gives events their places behind a head, each linked to the one before it. */
export const link = (stream: string, head: Head, events: readonly Pending[]): { written: Written[]; head: Head } => {
  let { revision, hash } = head;
  const written = events.map(({ id, type, text, metadata: unlinked }): Written => {
    const metadata = linked(unlinked, hash);
    revision += 1;
    hash = hashOfTexts({ id, stream, revision, type, data: text, metadata });
    return { id, type, data: bytes.encode(text), metadata: bytes.encode(metadata) };
  });
  return { written, head: { revision, hash } };
};
