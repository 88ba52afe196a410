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
  const metadata = parseExactly(data);
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

/** Integers stay exact, as a bigint. */
const parseExactly = (data: Uint8Array): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'), exactly);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const exactly = (_: string, value: unknown, context?: { source?: string }): unknown => {
  const source = context?.source ?? '';
  return typeof value === 'number' && /^-?\d+$/.test(source) ? BigInt(source) : value;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same metadata with another first revision, as bytes. */
export const withTruncateBefore = (data: Uint8Array | undefined, truncateBefore: number): Buffer =>
  Buffer.from(JSON.stringify({ ...parseObject(data ?? new Uint8Array(0)), $tb: truncateBefore }));

const parseObject = (data: Uint8Array): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
};

const positive = (value: bigint | undefined): number | undefined =>
  value === undefined || value <= 0n ? undefined : Math.min(Number(value), Number.MAX_SAFE_INTEGER);

/** The first revision that may be shown of a stream that ends at `last`. */
export const firstVisible = (retention: Retention, last: number): number =>
  Math.max(retention.truncateBefore, retention.maxCount === undefined ? 0 : last - retention.maxCount + 1);

/** The moment (milliseconds since 1970) before which events are hidden. */
export const oldestVisible = (retention: Retention, now: number): number =>
  retention.maxAgeSeconds === undefined ? -Infinity : now - retention.maxAgeSeconds * 1000;
