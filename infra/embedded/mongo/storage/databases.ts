import { UUID } from 'bson';
import { encodeDocument, isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { Collection } from './collection.ts';
import type { CollectionOptions } from './validation.ts';

export type CollectionsByName = Map<string, Collection>;

const longestNamespace = 255;

const checkName = (database: string, name: string): void => {
  const length = Buffer.byteLength(database) + 1 + Buffer.byteLength(name);
  if (length > longestNamespace)
    throw failure(
      'InvalidNamespace',
      `Fully qualified namespace is too long. Namespace: ${database}.${name} Max: ${longestNamespace}`,
    );
  if (name === '') throw failure('InvalidNamespace', `Invalid namespace specified '${database}.'`);
  if (name.includes('$') || name.includes('\0') || name.startsWith('.')) {
    throw failure('InvalidNamespace', `Invalid collection name: ${name}`);
  }
  if (name.startsWith('system.')) throw failure('InvalidNamespace', `Invalid system namespace: ${database}.${name}`);
};

/** Where a database says what views it has, from its first one on. It is read as any other, and not written to. */
export const viewsCollection = 'system.views';

/** What is read in its place: a collection, or another view, and what is done with it. */
export interface View {
  readonly on: string;
  readonly pipeline: readonly unknown[];
}

/** All that a view reads: what it is on, and what its stages join to that. */
const namesIn = ({ on, pipeline }: View): string[] => [on, ...pipeline.flatMap(namesJoined)];

const namesJoined = (stage: unknown): string[] => {
  if (Array.isArray(stage)) return stage.flatMap(namesJoined);
  if (!isDocument(stage)) return [];
  const { $unionWith, $lookup, $graphLookup } = stage;
  const named: unknown[] = [
    $unionWith,
    ...[$unionWith, $lookup, $graphLookup].filter(isDocument).flatMap(({ coll, from }) => [coll, from] as unknown[]),
  ];
  return [
    ...named.filter((name) => typeof name === 'string'),
    ...Object.values(stage)
      .filter(isDocument)
      .flatMap((inner) => Object.values(inner).flatMap(namesJoined)),
  ];
};

const isView = (database: string, name: string): Error =>
  failure('CommandNotSupportedOnView', `Namespace ${database}.${name} is a view, not a collection`);

/** Everything the server holds. A database comes into being with its first collection and goes with its last. */
export class Databases {
  readonly #databases = new Map<string, CollectionsByName>();
  readonly #views = new Map<string, Map<string, View>>();

  names(): string[] {
    return [...this.#databases.keys()].sort();
  }

  views(database: string): ReadonlyMap<string, View> {
    return this.#views.get(database) ?? new Map<string, View>();
  }

  view(database: string, name: string): View | undefined {
    return this.#views.get(database)?.get(name);
  }

  /** Refuses a view that would lead back to itself. */
  #checkCycle(database: string, name: string, view: View): void {
    const seen = new Set<string>();
    const next = namesIn(view);
    for (let other = next.pop(); other !== undefined; other = next.pop()) {
      if (other === name) throw failure('GraphContainsCycle', `View cycle detected: ${database}.${name}`);
      if (seen.has(other)) continue;
      seen.add(other);
      const further = this.view(database, other);
      if (further) next.push(...namesIn(further));
    }
  }

  putView(database: string, name: string, view: View): void {
    checkName(database, name);
    this.#checkCycle(database, name, view);
    const views = this.#views.get(database) ?? new Map<string, View>();
    this.#views.set(database, views.set(name, view));
    this.#forgetDescription(database, name);
    const descriptions = this.find(database, viewsCollection) ?? this.#create(database, viewsCollection);
    descriptions.insert(encodeDocument({ _id: `${database}.${name}`, viewOn: view.on, pipeline: view.pipeline }));
  }

  #forgetDescription(database: string, name: string): void {
    const descriptions = this.find(database, viewsCollection);
    const known = descriptions?.byIdKey(orderKey(`${database}.${name}`));
    if (known) descriptions!.remove(known);
  }

  collections(database: string): ReadonlyMap<string, Collection> {
    return this.#databases.get(database) ?? new Map<string, Collection>();
  }

  /** Refuses a view, which only those that read it may name. */
  find(database: string, name: string): Collection | undefined {
    if (this.#views.size > 0 && this.view(database, name)) throw isView(database, name);
    return this.#databases.get(database)?.get(name);
  }

  /** The collection, if it may be written to. */
  findToWrite(database: string, name: string): Collection | undefined {
    if (name === viewsCollection) throw failure('NotImplemented', `writing to ${name} is not supported by this server`);
    return this.find(database, name);
  }

  /** For writing: the collection, made if it is not there. */
  open(database: string, name: string): Collection {
    return this.findToWrite(database, name) ?? this.create(database, name);
  }

  create(database: string, name: string, options: CollectionOptions = {}): Collection {
    checkName(database, name);
    return this.#create(database, name, options);
  }

  #create(database: string, name: string, options: CollectionOptions = {}): Collection {
    const collection = new Collection(`${database}.${name}`, this.newUuid());
    collection.options = options;
    const collections = this.#databases.get(database) ?? new Map<string, Collection>();
    this.#databases.set(database, collections);
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
    if (name === viewsCollection) this.#views.delete(database);
    this.find(database, name)?.clear();
    this.detach(database, name);
  }

  dropView(database: string, name: string): void {
    const views = this.#views.get(database);
    views?.delete(name);
    if (views?.size === 0) this.#views.delete(database);
    this.#forgetDescription(database, name);
  }

  dropDatabase(database: string): void {
    for (const name of [...this.collections(database).keys()]) this.drop(database, name);
  }
}
