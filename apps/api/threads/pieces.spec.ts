import { setImmediate as turn } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { receivedPieces, sendPieces } from './pieces.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** A hundred pieces, and what became of making them. */
const making = () => {
  const made: number[] = [];
  const state = { made, ended: false };
  async function* pieces() {
    try {
      for (let piece = 0; piece < 100; piece += 1) {
        made.push(piece);
        yield bytes(piece);
      }
    } finally {
      state.ended = true;
    }
  }
  return { state, pieces };
};

const sent = (pieces: AsyncIterable<Uint8Array<ArrayBuffer>>) => {
  const { port1, port2 } = new MessageChannel();
  return { sending: sendPieces(port1, pieces), received: receivedPieces(port2) };
};

describe('pieces sent to another thread', () => {
  it('arrive whole and in order', async () => {
    const { pieces } = making();
    const { sending, received } = sent(pieces());
    const arrived: number[] = [];
    for await (const piece of received) arrived.push(...piece);
    await sending;
    expect(arrived).toEqual(Array.from({ length: 100 }, (_, piece) => piece));
  });

  it('are made one ahead of the reader, and no further', async () => {
    const { state, pieces } = making();
    const { received } = sent(pieces());
    await received.next();
    for (let waited = 0; waited < 20; waited += 1) await turn();
    expect(state.made).toEqual([0, 1]);
    await received.return(undefined);
  });

  it('are no longer made when the reader goes', async () => {
    const { state, pieces } = making();
    const { sending, received } = sent(pieces());
    await received.next();
    await received.return(undefined);
    await sending;
    expect(state.ended).toBe(true);
  });

  it('end with what went wrong in making them', async () => {
    async function* failing() {
      yield bytes(1);
      throw new Error('the disk is full');
    }
    const { sending, received } = sent(failing());
    expect((await received.next()).value).toEqual(bytes(1));
    await expect(received.next()).rejects.toThrow('the disk is full');
    await sending;
  });
});
