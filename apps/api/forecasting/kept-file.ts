import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** A kept history cannot be used. */
export class UnusableColumns extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UnusableColumns';
  }
}

/** So much is read or written before others have their turn. */
export const sliceBytes = 8 * 2 ** 20;

/** Reads a file from its beginning and adds up the checksum. */
export class Reading {
  readonly #file: FileHandle;
  sum = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws {UnusableColumns} where the file ends before */
  async fill(into: Uint8Array): Promise<void> {
    for (let done = 0; done < into.length;) {
      const slice = into.subarray(done, done + sliceBytes);
      const { bytesRead } = await this.#file.read(slice, 0, slice.length);
      if (bytesRead === 0) throw new UnusableColumns('it ends too early');
      this.sum = crc32(slice.subarray(0, bytesRead), this.sum);
      done += bytesRead;
    }
  }

  async bytes(length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.fill(bytes);
    return bytes;
  }
}
