import { crc32 } from 'node:zlib';

export interface Row {
  position: number;
  checksum: number;
  message: Uint8Array;
}

/** A row as an array; the revision stands in rows of one stream. */
export type Columns = [position: number, checksum: number, message: Uint8Array, revision?: number];

/** The stored answer of a row, if it is still what was written. Throws DamagedLog. */
export const rowMessage = (row: Row): Buffer => {
  if (crc32(row.message) !== row.checksum) throw new DamagedLog(row.position);
  return Buffer.from(row.message.buffer, row.message.byteOffset, row.message.byteLength);
};

/** A stored event is not what was written; said to whoever reads it rather than handed out. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';

  constructor(position: number) {
    super(`The event at position ${position} is damaged.`);
  }
}
