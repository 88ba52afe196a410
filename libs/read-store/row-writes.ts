import { type Db, type Document, MongoServerError, WriteConcern } from 'mongodb';
import { DocumentSequence } from 'mongodb/lib/cmap/commands.js';
import { DocumentBytes } from './document-bytes.ts';
import { duplicateKey } from './faults.ts';

/** The commands that write, and the field of each that holds what it writes. */
const fields = { insert: 'documents', update: 'updates' } as const;

/** A message may have 48 million, and one document 16 of them. */
const enoughBytes = 2 ** 24;

const packing = new DocumentBytes();

/** Writes many rows of one collection at once, with less work than the driver's own ways of writing. */
export class RowWrites {
  constructor(
    private readonly database: Db,
    private readonly collection: string,
  ) {}

  /** Runs each statement whatever becomes of the others. Answers the places of those that met another row of their `_id`. */
  async run(command: keyof typeof fields, statements: readonly object[]): Promise<number[]> {
    const met: number[] = [];
    for (let place = 0; place < statements.length;) {
      const from = place;
      const { bytes, next } = packing.pack(statements, from, enoughBytes);
      const found = await this.#send(command, bytes);
      met.push(...found.map((index) => from + index));
      place = next;
    }
    return met;
  }

  async #send(command: keyof typeof fields, bytes: Buffer): Promise<number[]> {
    const field = fields[command];
    const statements = new DocumentSequence(field);
    statements.push({}, bytes);
    const sent = { [command]: this.collection, ordered: false, [field]: statements };
    const { writeConcern } = this.database;
    return placesOfMet(await this.database.command(writeConcern ? WriteConcern.apply(sent, writeConcern) : sent));
  }
}

/** @throws {MongoServerError} where the answer says anything else than that rows were met */
const placesOfMet = ({ writeErrors = [], writeConcernError }: Document): number[] => {
  const errors = writeErrors as { readonly index: number; readonly code: number }[];
  const fault = errors.find(({ code }) => code !== duplicateKey) ?? (writeConcernError as object | undefined);
  if (fault) throw new MongoServerError(fault);
  return errors.map(({ index }) => index);
};
