interface Place {
  stream: string;
  revision: number;
}

/** Remembers where the most recent events went, by their ids; forgets the oldest beyond `limit`. */
export class RecentIds {
  readonly #places = new Map<string, Place>();
  readonly #limit: number;

  constructor(limit = 50_000) {
    this.#limit = limit;
  }

  add(id: string, place: Place): void {
    this.#places.delete(id);
    this.#places.set(id, place);
    if (this.#places.size > this.#limit) this.#places.delete(this.#places.keys().next().value!);
  }

  revisionIn(stream: string, id: string): number | undefined {
    const place = this.#places.get(id);
    return place?.stream === stream ? place.revision : undefined;
  }

  /** Forgets an event that was not committed after all. */
  remove(id: string): void {
    this.#places.delete(id);
  }
}
