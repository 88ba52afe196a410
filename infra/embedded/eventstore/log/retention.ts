import { largestSigned } from '../wire/integers.ts';

/** Which of a stream's events readers still see, as said by the stream's metadata. */
export interface Retention {
  maxCount?: number;
  maxAgeSeconds?: number;
  /** The first revision that is visible; Infinity once the stream was deleted. */
  truncateBefore: number;
}

export const keepEverything: Retention = { truncateBefore: 0 };

/** Of a metadata stream only the last event counts. */
export const keepLast: Retention = { maxCount: 1, truncateBefore: 0 };

/** What soft deletion writes; the number is beyond JavaScript's integers, so the text is written as it is. */
export const softDeletedMetadata = Buffer.from(`{"$tb":${largestSigned}}`);

export const isSoftDeleted = (retention: Retention): boolean => retention.truncateBefore === Infinity;

/** Reads a metadata event's data. What is not as the server wants it, in any of its own fields, keeps everything. */
export const parseRetention = (data: Uint8Array): Retention => {
  const metadata = parseObject(data, exactly);
  if (!metadata || !isProper(metadata)) return keepEverything;
  const [maxCount, maxAge, truncateBefore] = integerFields.map((key) => metadata[key] as bigint | undefined);
  return {
    maxCount: positive(maxCount),
    maxAgeSeconds: positive(maxAge),
    truncateBefore: truncateBefore === largestSigned ? Infinity : (positive(truncateBefore) ?? 0),
  };
};

const integerFields = ['$maxCount', '$maxAge', '$tb', '$cacheControl'] as const;

const isProper = (metadata: Record<string, unknown>): boolean =>
  integerFields.every((key) => isInteger(metadata[key])) &&
  ['boolean', 'undefined'].includes(typeof metadata.$tmp) &&
  (metadata.$acl === undefined || isObject(metadata.$acl));

const isInteger = (value: unknown): boolean =>
  value === undefined || (typeof value === 'bigint' && value <= largestSigned && value >= -largestSigned - 1n);

const parseObject = (data: Uint8Array, reviver?: typeof exactly): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'), reviver);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Keeps an integer as it is written, as a bigint. */
const exactly = (_: string, value: unknown, context?: { source?: string }): unknown => {
  const source = context?.source ?? '';
  return typeof value === 'number' && /^-?\d+$/.test(source) ? BigInt(source) : value;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Metadata that say nothing but a first revision, as bytes. */
export const truncatedBefore = (revision: number): Buffer => Buffer.from(JSON.stringify({ $tb: revision }));

/** The same metadata with another first revision, as bytes; undefined where the data are no metadata. */
export const withTruncateBefore = (data: Uint8Array, truncateBefore: number): Buffer | undefined => {
  const metadata = parseObject(data);
  return metadata && Buffer.from(JSON.stringify({ ...metadata, $tb: truncateBefore }));
};

const positive = (value: bigint | undefined): number | undefined =>
  value === undefined || value <= 0n ? undefined : Math.min(Number(value), Number.MAX_SAFE_INTEGER);

/** The first revision that may be shown of a stream that ends at `last`. */
export const firstVisible = (retention: Retention, last: number): number =>
  Math.max(retention.truncateBefore, retention.maxCount === undefined ? 0 : last - retention.maxCount + 1);

/** The moment (milliseconds since 1970) before which events are hidden. */
export const oldestVisible = (retention: Retention, now: number): number =>
  retention.maxAgeSeconds === undefined ? -Infinity : now - retention.maxAgeSeconds * 1000;
