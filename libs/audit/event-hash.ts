import { hash } from 'node:crypto';
import { canonicalJson } from '@funnel/kernel';

/** An event as it is stored, at its place. `metadata.previous` names the hash of the event before it. */
export interface SealedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** The same with its payload and its metadata as canonical JSON texts. */
export type SealedTexts = Omit<SealedEvent, 'data' | 'metadata'> & { readonly data: string; readonly metadata: string };

export const sha256 = (text: string): string => hash('sha256', text);

/** What the first event of a stream names as the hash before it: no stream's history passes for another's. */
export const genesisOf = (stream: string): string => sha256(`funnel-ledger stream ${stream}`);

/** SHA-256, in hex, of the canonical JSON of the whole event. */
export const hashOfTexts = ({ id, stream, revision, type, data, metadata }: SealedTexts): string =>
  sha256(
    `{"data":${data},"id":${JSON.stringify(id)},"metadata":${metadata},"revision":${revision},` +
      `"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`,
  );

export const hashOf = (event: SealedEvent): string =>
  hashOfTexts({ ...event, data: canonicalJson(event.data), metadata: canonicalJson(event.metadata) });

/** The hash that an event names as that of its predecessor; `undefined` for one from before there was a chain. */
export const previousOf = ({ metadata }: Pick<SealedEvent, 'metadata'>): string | undefined => {
  const { previous } = (metadata ?? {}) as { readonly previous?: unknown };
  return typeof previous === 'string' ? previous : undefined;
};
