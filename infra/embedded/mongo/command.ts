import { Long } from 'bson';
import { decodeAt, decodeValue, type Document, isDocument } from './bson/decode.ts';
import { BsonType, Elements, type Place } from './bson/elements.ts';
import { orderKey } from './bson/order.ts';
import { missingField, numberTypes, wrongType } from './field-faults.ts';
import { isNumber, isTruthy, toNumber, toWhole } from './numbers.ts';
import type { Request } from './wire.ts';

/** A command with typed access to its fields; only what is asked for is decoded. */
export class Command {
  readonly name: string;
  readonly database: string;
  /** The whole command as it came. */
  readonly body: Buffer;
  readonly #fields = new Map<string, Place>();
  readonly #sequences: Request['sequences'];

  constructor(request: Pick<Request, 'body' | 'sequences' | 'legacyDatabase'>) {
    this.body = request.body;
    this.#sequences = request.sequences;
    const elements = new Elements(request.body);
    while (elements.next())
      this.#fields.set(elements.name, { type: elements.type, at: elements.at, end: elements.end });
    this.name = this.#fields.keys().next().value ?? '';
    this.database = request.legacyDatabase ?? String(this.get('$db') ?? 'admin');
  }

  get(field: string): unknown {
    const place = this.#fields.get(field);
    return place && decodeAt(this.body, place);
  }

  place(field: string): Place | undefined {
    return this.#fields.get(field);
  }

  has(field: string): boolean {
    return this.#sequences.has(field) || this.#fields.has(field);
  }

  /** Nothing, or a null, says `otherwise`. */
  flag(field: string, otherwise = false): boolean {
    const value = this.get(field) ?? null;
    return value === null ? otherwise : isTruthy(value);
  }

  number(field: string): number | undefined {
    const value = this.get(field);
    if (value === undefined || value === null) return undefined;
    if (isNumber(value)) return toNumber(value);
    throw this.#wrongType(field, value, numberTypes);
  }

  /** Without what is behind the point. */
  whole(field: string): number | undefined {
    const value = this.get(field);
    if (value === undefined || value === null) return undefined;
    if (isNumber(value)) return toWhole(value);
    throw this.#wrongType(field, value, numberTypes);
  }

  long(field: string): Long {
    const value = this.get(field);
    if (value instanceof Long) return value;
    throw this.#wrongType(field, value, "type 'long'");
  }

  /** The logical session that the client runs the command in, if any. */
  sessionKey(): string | null {
    const session = this.get('lsid');
    return isDocument(session) ? orderKey(session.id) : null;
  }

  text(field: string): string {
    const value = this.get(field);
    if (typeof value === 'string') return value;
    if (value === undefined || value === null) throw this.missing(field);
    throw this.#wrongType(field, value, "type 'string'");
  }

  document(field: string): Document | undefined {
    const value = this.get(field);
    if (value === undefined || value === null) return undefined;
    if (isDocument(value)) return value;
    throw this.#wrongType(field, value, "type 'object'");
  }

  /** The field's document as it came. */
  rawDocument(field: string): Buffer {
    const found = this.#fields.get(field);
    if (!found) throw this.missing(field);
    if (found.type !== BsonType.object) throw this.#wrongType(field, decodeAt(this.body, found), "type 'object'");
    return this.body.subarray(found.at, found.end);
  }

  /** The field's documents as they came, whether inside the body or in a sequence beside it. */
  rawDocuments(field: string): readonly Buffer[] {
    const sequence = this.#sequences.get(field);
    if (sequence) return sequence;
    const found = this.#fields.get(field);
    if (!found) throw this.missing(field);
    if (found.type !== BsonType.array) throw this.#wrongType(field, decodeAt(this.body, found), "type 'array'");
    const inner = new Elements(this.body, found.at);
    const documents: Buffer[] = [];
    while (inner.next()) {
      if (inner.type !== BsonType.object)
        throw this.#wrongType(`${field}.${inner.name}`, decodeValue(inner), "type 'object'");
      documents.push(this.body.subarray(inner.at, inner.end));
    }
    return documents;
  }

  /** The names of all fields, the command's own name first. */
  fields(): string[] {
    return [...this.#fields.keys(), ...this.#sequences.keys()];
  }

  missing(field: string): Error {
    return missingField(`${this.name}.${field}`);
  }

  #wrongType(field: string, value: unknown, wanted: string): Error {
    return wrongType(`${this.name}.${field}`, value, wanted);
  }
}
