import { BsonType, Elements } from '../bson/elements.ts';

/** How deep documents may be nested in what is stored; an empty one does not count. */
export const maximumDepth = 180;

/** A level takes a type, the end of a name, a length and an end at least. */
const leastBytesOfLevel = 7;

const exceeds = (bytes: Buffer, start: number, levels: number): boolean => {
  const elements = new Elements(bytes, start);
  while (elements.next()) {
    const { type, at, end } = elements;
    if (type !== BsonType.object && type !== BsonType.array) continue;
    const isEmpty = end - at === 5;
    if (!isEmpty && (levels === 1 || exceeds(bytes, at, levels - 1))) return true;
  }
  return false;
};

export const isTooDeep = (bytes: Buffer): boolean =>
  bytes.length > maximumDepth * leastBytesOfLevel && exceeds(bytes, 0, maximumDepth);
