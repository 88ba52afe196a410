import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';

/** What is said over a port: one side asks for the next piece, the other sends it. */
type Said = { readonly piece: Uint8Array } | { readonly failed: string } | { readonly done: true };
const next = 'next';

/**
 * Sends pieces to another thread, each when it is asked for: a slow reader slows the making down. Ends when the pieces do,
 * or when the other side closes the port. Each piece is handed over, and nobody here may use it afterwards.
 */
export const sendPieces = async (port: MessagePort, pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> => {
  const all = pieces[Symbol.asyncIterator]();
  const closed = once(port, 'close');
  const step = async (): Promise<void> => {
    try {
      const { done, value: piece } = await all.next();
      if (done) port.postMessage({ done } satisfies Said);
      else port.postMessage({ piece } satisfies Said, [piece.buffer]);
    } catch (error) {
      port.postMessage({ failed: String(error) } satisfies Said);
    }
  };
  // A generator takes one question after the other, however many there are.
  port.on('message', () => void step());
  await closed;
  await all.return?.();
};

/** The pieces that another thread sends; one is made there while the one before is used here. */
export async function* receivedPieces(port: MessagePort): AsyncGenerator<Uint8Array> {
  const gone = once(port, 'close').then((): Said => ({ failed: 'the thread ended' }));
  const ask = (): Promise<Said> => {
    const said = once(port, 'message').then(([each]) => each as Said);
    port.postMessage(next);
    return Promise.race([said, gone]);
  };
  try {
    for (let coming = ask(); ;) {
      const said = await coming;
      if ('done' in said) return;
      if ('failed' in said) throw new Error(said.failed);
      coming = ask();
      yield said.piece;
    }
  } finally {
    port.close();
  }
}
