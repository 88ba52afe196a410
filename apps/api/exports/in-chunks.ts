const encoder = new TextEncoder();
const chunkLength = 1 << 16;

/** Texts as bytes, small ones put together: each chunk costs whoever passes it on a turn. */
export async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < chunkLength) continue;
    yield encoder.encode(waiting);
    waiting = '';
  }
  if (waiting !== '') yield encoder.encode(waiting);
}

/** Texts as bytes, each as soon as it is there. */
export async function* eachAlone(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const text of texts) yield encoder.encode(text);
}
