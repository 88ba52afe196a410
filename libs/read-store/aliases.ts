import { OtherVersion } from './faults.ts';
import type { AliasDocument, Tables } from './tables.ts';

/** A view as a reader knows it: rows of another version may mean something else. */
export interface ReadView {
  readonly name: string;
  readonly version: number;
}

/** No reader follows an alias for longer than this without looking again. */
export const aliasFreshMs = 1_000;

/** Which collection each view is read from, as of at most a second ago. */
export class Aliases {
  private readonly known = new Map<string, { readonly alias: AliasDocument; readonly until: number }>();

  constructor(private readonly tables: Pick<Tables, 'aliases'>) {}

  /** The collection in force; `undefined` where the view has never been built. @throws {OtherVersion} */
  async collectionOf(view: ReadView): Promise<string | undefined> {
    const cached = this.known.get(view.name);
    const isGood = cached && performance.now() < cached.until && cached.alias.version === view.version;
    return isGood ? cached.alias.collection : (await this.inForce(view))?.collection;
  }

  /** What is in force now; `undefined` where the view has never been built. @throws {OtherVersion} */
  async inForce({ name, version }: ReadView): Promise<AliasDocument | undefined> {
    const [alias] = await this.fresh([name]);
    if (alias && alias.version !== version) throw new OtherVersion(name, { wanted: version, inForce: alias.version });
    return alias;
  }

  /** Looks again now; what it finds is what {@link collectionOf} answers from then on. */
  async fresh(views: readonly string[]): Promise<readonly AliasDocument[]> {
    const asked = performance.now();
    const found = await this.tables.aliases.find({ _id: { $in: [...views] } }).toArray();
    for (const view of views) this.known.delete(view);
    for (const alias of found) this.known.set(alias._id, { alias, until: asked + aliasFreshMs });
    return found;
  }
}
