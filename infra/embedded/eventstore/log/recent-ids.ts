import { RecentMap } from './recent-map.ts';

interface Place {
  stream: string;
  revision: number;
}

/** Remembers where the most recent events went first, by their ids: at least `limit` of them. */
export class RecentIds {
  readonly #places: RecentMap<string, Place>;

  constructor(limit = 10_000) {
    this.#places = new RecentMap(limit);
  }

  add(id: string, place: Place): void {
    if (this.#places.get(id) === undefined) this.#places.set(id, place);
  }

  revisionIn(stream: string, id: string): number | undefined {
    const place = this.#places.get(id);
    return place?.stream === stream ? place.revision : undefined;
  }

  /** Forgets where an event went that was not committed after all. */
  remove(id: string, { stream, revision }: Place): void {
    if (this.revisionIn(stream, id) === revision) this.#places.delete(id);
  }
}
