import { MessageReader } from '../wire/reader.ts';
import { encode } from '../wire/writer.ts';

/** The answer of a read, which has the same fields here, with how often the event was sent in vain. */
export const encodeDelivery = (answer: Uint8Array, retries: number): Buffer => {
  const reader = new MessageReader(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));
  reader.next();
  const event = reader.bytes();
  return encode((delivery) => delivery.message(1, (readEvent) => readEvent.raw(event).number(5, retries)));
};
