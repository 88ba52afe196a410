import { tombstoneRevision } from './record.ts';

/** Which of a stream's events readers still see, as said by the stream's metadata. */
export interface Retention {
  maxCount?: number;
  maxAgeSeconds?: number;
  /** The first revision that is visible. */
  truncateBefore: number;
}

export const keepEverything: Retention = { truncateBefore: 0 };

/** Of a metadata stream only the last event counts. */
export const keepLast: Retention = { maxCount: 1, truncateBefore: 0 };

/** What soft deletion writes; the number is beyond JavaScript's integers, so the text is written as it is. */
export const softDeletedMetadata = Buffer.from('{"$tb":9223372036854775807}');

export const isSoftDeleted = (retention: Retention): boolean => retention.truncateBefore >= tombstoneRevision;

/** Reads a metadata event's data. What cannot be understood keeps everything. */
export const parseRetention = (data: Uint8Array): Retention => {
  const metadata = parseObject(data);
  return {
    maxCount: positive(metadata.$maxCount),
    maxAgeSeconds: positive(metadata.$maxAge),
    truncateBefore: positive(metadata.$tb) ?? 0,
  };
};

/** The same metadata with another first revision, as bytes. */
export const withTruncateBefore = (data: Uint8Array | undefined, truncateBefore: number): Buffer =>
  Buffer.from(JSON.stringify({ ...parseObject(data ?? new Uint8Array(0)), $tb: truncateBefore }));

const parseObject = (data: Uint8Array): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.floor(value) : undefined;

/** The first revision that may be shown of a stream that ends at `last`. */
export const firstVisible = (retention: Retention, last: number): number =>
  Math.max(retention.truncateBefore, retention.maxCount === undefined ? 0 : last - retention.maxCount + 1);

/** The moment (milliseconds since 1970) before which events are hidden. */
export const oldestVisible = (retention: Retention, now: number): number =>
  retention.maxAgeSeconds === undefined ? -Infinity : now - retention.maxAgeSeconds * 1000;
