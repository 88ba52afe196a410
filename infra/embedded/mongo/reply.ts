import { Double, type Long } from 'bson';
import { type Document, encodeDocument } from './bson/decode.ts';
import { BsonType } from './bson/elements.ts';
import { CommandFailure, failure } from './errors.ts';
import { Scratch } from './scratch.ts';

const one = new Double(1);
const zero = new Double(0);

export const success = (fields: Document = {}): Buffer => encodeDocument({ ...fields, ok: one });

export const errorReply = (error: unknown): Buffer => {
  const known = error instanceof CommandFailure ? error : failure('InternalError', String(error));
  const { code, codeName, message, details } = known;
  return encodeDocument({ ok: zero, errmsg: message, code, codeName, ...details });
};

const indexNames = Array.from({ length: 1000 }, (_, index) => Buffer.from(`${index}\0`));
const indexName = (index: number): Buffer => indexNames[index] ?? Buffer.from(`${index}\0`);

/** Puts fields one after the other into memory that was measured beforehand. */
class Writer {
  at = 0;
  constructor(readonly bytes: Buffer) {}

  begin(type: number, name: string, size: number): void {
    this.bytes[this.at++] = type;
    this.at += this.bytes.write(name, this.at, 'latin1');
    this.bytes[this.at++] = 0;
    this.size(size);
  }
  size(size: number): void {
    this.at = this.bytes.writeInt32LE(size, this.at);
  }
  end(): void {
    this.bytes[this.at++] = 0;
  }
  copy(bytes: Buffer, from = 0): void {
    this.at += bytes.copy(this.bytes, this.at, from);
  }
}

const batchSize = (documents: readonly Buffer[]): number => {
  let size = 5;
  for (let i = 0; i < documents.length; i++) size += 1 + indexName(i).length + documents[i]!.length;
  return size;
};

export interface CursorReply {
  readonly id: Long;
  readonly namespace: string;
  readonly batchName: 'firstBatch' | 'nextBatch';
  readonly documents: readonly Buffer[];
  /** Fields beside the cursor. */
  readonly beside?: Document;
}

const plainSuccess = success();

/** An answer is framed, which copies it, before the next one is made. */
const scratch = new Scratch();

/** `{ cursor: { firstBatch, id, ns }, ok: 1 }`, copying the documents' bytes as they are. Good until the next such answer is made. */
export const cursorReply = ({ id, namespace, batchName, documents, beside }: CursorReply): Buffer => {
  const rest = beside ? success(beside) : plainSuccess;
  const ns = Buffer.from(namespace);
  const batch = batchSize(documents);
  // Each field costs its type, its name with a terminator, and its value; each document its size and its end.
  const cursor = 4 + (2 + batchName.length + batch) + (4 + 8) + (4 + 4 + ns.length + 1) + 1;
  const writer = new Writer(scratch.take(rest.length + 8 + cursor));
  writer.size(rest.length + 8 + cursor);
  writer.begin(BsonType.object, 'cursor', cursor);
  writer.begin(BsonType.array, batchName, batch);
  documents.forEach((document, index) => {
    writer.bytes[writer.at++] = BsonType.object;
    writer.copy(indexName(index));
    writer.copy(document);
  });
  writer.end();
  writer.begin(BsonType.long, 'id', id.low);
  writer.size(id.high);
  writer.begin(BsonType.string, 'ns', ns.length + 1);
  writer.copy(ns);
  writer.end();
  writer.end();
  writer.copy(rest, 4);
  return writer.bytes;
};
