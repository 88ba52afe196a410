/** So many events are kept, and read back, at once. */
export const eventsInBlock = 1_024;
const timeBytes = Float64Array.BYTES_PER_ELEMENT;
const idBytes = 16;
export const bytesInBlock = eventsInBlock * (timeBytes + idBytes);

/** Where blocks of events are put once they are full, one after the other, to be got back when somebody asks. */
export interface EventBlocks {
  /** The bytes are another block's afterwards. */
  put(block: number, bytes: Uint8Array): void;
  /** From the beginning of a buffer; to be read before the next one is got. */
  get(block: number): Uint8Array;
}

export const blocksInMemory = (): EventBlocks => {
  const blocks: Uint8Array[] = [];
  return {
    put: (block, bytes) => void (blocks[block] = bytes.slice()),
    get: (block) => blocks[block]!,
  };
};

/** When the events of a block were recorded (milliseconds since 1970), and their UUIDs. */
export interface EventsOfBlock {
  readonly times: Float64Array;
  readonly ids: Uint32Array;
}

/** The bytes of a block as what they tell; nothing is copied. */
export const eventsOf = ({ buffer, byteOffset }: Uint8Array): EventsOfBlock => ({
  times: new Float64Array(buffer, byteOffset, eventsInBlock),
  ids: new Uint32Array(
    buffer,
    byteOffset + eventsInBlock * timeBytes,
    (eventsInBlock * idBytes) / Uint32Array.BYTES_PER_ELEMENT,
  ),
});
