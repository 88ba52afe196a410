/** How many numbers of 32 bits a UUID is. */
export const idParts = 4;

/** Without asking whether it is a letter: with random digits, every second guess of the processor would be wrong. */
const digitOf = (code: number): number => (code & 15) + (code >> 6) * 9;

/** Writes a UUID at a place among others. */
export const writeId = (ids: Uint32Array, at: number, id: string): void => {
  let place = 0;
  for (let part = 0; part < idParts; part += 1) {
    let value = 0;
    for (let digits = 0; digits < 8 && place < id.length; place += 1) {
      const code = id.charCodeAt(place);
      if (code === 45) continue;
      value = (value << 4) | digitOf(code);
      digits += 1;
    }
    ids[at * idParts + part] = value;
  }
};

/** Reads back what {@link writeId} wrote, in small letters. */
export const readId = (ids: Uint32Array, at: number): string => {
  let digits = '';
  for (let part = 0; part < idParts; part += 1) digits += ids[at * idParts + part]!.toString(16).padStart(8, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
