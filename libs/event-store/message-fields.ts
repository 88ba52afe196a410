import type { Reader } from 'protobufjs/minimal.js';

/** How to read the fields of one kind of message, by their numbers; the others are stepped over. */
export type Fields<Into> = Readonly<Record<number, (into: Into, reader: Reader) => void>>;

export const readField = <Into>(reader: Reader, into: Into, fields: Fields<Into>): void => {
  const tag = reader.uint32();
  const read = fields[tag >>> 3];
  if (read) read(into, reader);
  else reader.skipType(tag & 7);
};

/** Reads the message that stands in the present field. */
export const readMessage = <Into>(reader: Reader, into: Into, fields: Fields<Into>): Into => {
  const length = reader.uint32();
  const end = reader.pos + length;
  while (reader.pos < end) readField(reader, into, fields);
  return into;
};

/** One of 64 bits, without a sign. */
export const number = (reader: Reader): bigint => {
  const { high, low } = reader.uint64();
  const [above, below] = [high >>> 0, low >>> 0];
  return above < 2 ** 21 ? BigInt(above * 2 ** 32 + below) : (BigInt(above) << 32n) + BigInt(below);
};

/** Of a position in the log. */
export const positionFields: Fields<{ commit: bigint; prepare: bigint }> = {
  1: (into, reader) => (into.commit = number(reader)),
  2: (into, reader) => (into.prepare = number(reader)),
};
