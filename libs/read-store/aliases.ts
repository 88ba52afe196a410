import type { AliasDocument, Tables } from './tables.ts';

/** No reader follows an alias for longer than this without looking again. */
export const aliasFreshMs = 1_000;

/** Which collection each view is read from, as of at most a second ago. */
export class Aliases {
  private readonly known = new Map<string, { readonly alias: AliasDocument; readonly until: number }>();

  constructor(private readonly tables: Pick<Tables, 'aliases'>) {}

  /** The collection in force; `undefined` where the view has never been built. */
  async collectionOf(view: string): Promise<string | undefined> {
    const cached = this.known.get(view);
    if (cached && performance.now() < cached.until) return cached.alias.collection;
    const [alias] = await this.fresh([view]);
    return alias?.collection;
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
