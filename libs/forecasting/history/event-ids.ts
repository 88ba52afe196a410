/** How many numbers of 32 bits a UUID is. */
export const idParts = 4;

/** A UUID as whole numbers of 32 bits. */
export interface EventId {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

/** Without asking whether it is a letter: with random digits, every second guess of the processor would be wrong. */
const digitOf = (code: number): number => (code & 15) + (code >> 6) * 9;

const fourDigits = (text: string, at: number): number =>
  (digitOf(text.charCodeAt(at)) << 12) |
  (digitOf(text.charCodeAt(at + 1)) << 8) |
  (digitOf(text.charCodeAt(at + 2)) << 4) |
  digitOf(text.charCodeAt(at + 3));

/** A UUID as it is written: eight digits, three times four and twelve, with a stroke between each. */
export const eventId = (uuid: string): EventId => ({
  first: (fourDigits(uuid, 0) << 16) | fourDigits(uuid, 4),
  second: (fourDigits(uuid, 9) << 16) | fourDigits(uuid, 14),
  third: (fourDigits(uuid, 19) << 16) | fourDigits(uuid, 24),
  fourth: (fourDigits(uuid, 28) << 16) | fourDigits(uuid, 32),
});

/** Writes an id at a place among others. */
export const writeId = (ids: Uint32Array, at: number, { first, second, third, fourth }: EventId): void => {
  const place = at * idParts;
  ids[place] = first;
  ids[place + 1] = second;
  ids[place + 2] = third;
  ids[place + 3] = fourth;
};

/** Reads back what {@link writeId} wrote, as a UUID in small letters. */
export const readId = (ids: Uint32Array, at: number): string => {
  let digits = '';
  for (let part = 0; part < idParts; part += 1) digits += ids[at * idParts + part]!.toString(16).padStart(8, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
