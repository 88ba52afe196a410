import { UUID } from 'bson';
import { failure } from '../errors.ts';
import { Collection } from './collection.ts';

export type CollectionsByName = Map<string, Collection>;

const checkName = (database: string, name: string): void => {
  if (name === '') throw failure('InvalidNamespace', `Invalid namespace specified '${database}.'`);
  if (name.includes('$') || name.includes('\0') || name.startsWith('.')) {
    throw failure('InvalidNamespace', `Invalid collection name: ${name}`);
  }
  if (name.startsWith('system.')) throw failure('InvalidNamespace', `Invalid system namespace: ${database}.${name}`);
};

/** Everything the server holds. A database comes into being with its first collection and goes with its last. */
export class Databases {
  readonly #databases = new Map<string, CollectionsByName>();

  names(): string[] {
    return [...this.#databases.keys()].sort();
  }

  collections(database: string): ReadonlyMap<string, Collection> {
    return this.#databases.get(database) ?? new Map<string, Collection>();
  }

  find(database: string, name: string): Collection | undefined {
    return this.#databases.get(database)?.get(name);
  }

  /** For writing: the collection, made if it is not there. */
  open(database: string, name: string): Collection {
    return this.find(database, name) ?? this.create(database, name);
  }

  create(database: string, name: string): Collection {
    checkName(database, name);
    const collections = this.#databases.get(database) ?? new Map<string, Collection>();
    this.#databases.set(database, collections);
    const collection = new Collection(`${database}.${name}`, this.newUuid());
    collections.set(name, collection);
    return collection;
  }

  newUuid(): Uint8Array {
    return new UUID().value();
  }

  /** Puts a collection in the place of the name, dropping what was there. */
  put(database: string, name: string, collection: Collection): void {
    checkName(database, name);
    this.drop(database, name);
    const collections = this.#databases.get(database) ?? new Map<string, Collection>();
    this.#databases.set(database, collections);
    collection.namespace = `${database}.${name}`;
    collections.set(name, collection);
  }

  /** Takes a collection out, untouched. */
  detach(database: string, name: string): void {
    const collections = this.#databases.get(database);
    collections?.delete(name);
    if (collections?.size === 0) this.#databases.delete(database);
  }

  drop(database: string, name: string): void {
    this.find(database, name)?.clear();
    this.detach(database, name);
  }

  dropDatabase(database: string): void {
    for (const name of [...this.collections(database).keys()]) this.drop(database, name);
  }
}
