/** How many numbers of 32 bits a UUID is. */
export const idParts = 4;

/** Without asking whether it is a letter: with random digits, every second guess of the processor would be wrong. */
const digitOf = (code: number): number => (code & 15) + (code >> 6) * 9;

const fourDigits = (text: string, at: number): number =>
  (digitOf(text.charCodeAt(at)) << 12) |
  (digitOf(text.charCodeAt(at + 1)) << 8) |
  (digitOf(text.charCodeAt(at + 2)) << 4) |
  digitOf(text.charCodeAt(at + 3));

/** Writes a UUID (eight digits, three times four and twelve, with a stroke between each) at a place among others. */
export const writeId = (ids: Uint32Array, at: number, uuid: string): void => {
  const place = at * idParts;
  ids[place] = (fourDigits(uuid, 0) << 16) | fourDigits(uuid, 4);
  ids[place + 1] = (fourDigits(uuid, 9) << 16) | fourDigits(uuid, 14);
  ids[place + 2] = (fourDigits(uuid, 19) << 16) | fourDigits(uuid, 24);
  ids[place + 3] = (fourDigits(uuid, 28) << 16) | fourDigits(uuid, 32);
};

/** Reads back what {@link writeId} wrote, as a UUID in small letters. */
export const readId = (ids: Uint32Array, at: number): string => {
  let digits = '';
  for (let part = 0; part < idParts; part += 1) digits += ids[at * idParts + part]!.toString(16).padStart(8, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
