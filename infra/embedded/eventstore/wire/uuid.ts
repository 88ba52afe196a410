import { MalformedMessage, type MessageReader } from './reader.ts';
import type { MessageWriter } from './writer.ts';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads a UUID message (text, or two halves of 64 bits) as lower-case text with dashes. */
export const readUuid = (reader: MessageReader): string => {
  let halves: [bigint, bigint] | undefined;
  let text = '';
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) halves = readHalves(reader.message());
    else if (field === 2) text = reader.text().toLowerCase();
    else reader.skip();
  }
  if (halves) return fromHalves(halves);
  if (!pattern.test(text)) throw new MalformedMessage(`'${text}' is not a UUID`);
  return text;
};

const readHalves = (reader: MessageReader): [bigint, bigint] => {
  const halves: [bigint, bigint] = [0n, 0n];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) halves[0] = reader.bigint();
    else if (field === 2) halves[1] = reader.bigint();
    else reader.skip();
  }
  return halves;
};

const fromHalves = (halves: [bigint, bigint]): string => {
  const hex = halves.map((half) => half.toString(16).padStart(16, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** Writes the fields of a UUID message as two halves, for clients that did not ask for text. */
export const writeUuidHalves = (writer: MessageWriter, uuid: string): void => {
  const hex = uuid.replaceAll('-', '');
  writer.message(1, (halves) => {
    halves.number(1, BigInt(`0x${hex.slice(0, 16)}`)).number(2, BigInt(`0x${hex.slice(16)}`));
  });
};
