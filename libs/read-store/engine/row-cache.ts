/** A row as it stands after the event with that revision; `null` where it was removed. */
export interface RowState {
  readonly row: object | null;
  readonly revision: number;
}

/**
 * The rows last written. Any of them may be older than what the store holds without harm: a row is a fold from the first
 * event of its stream, and the store keeps the newer of two.
 */
export class RowCache {
  private recent = new Map<string, RowState>();
  private before = new Map<string, RowState>();

  /** Keeps at least the `capacity` rows written last, and less than twice as many. */
  constructor(private readonly capacity: number) {}

  get(key: string): RowState | undefined {
    return this.recent.get(key) ?? this.before.get(key);
  }

  keep(key: string, state: RowState): void {
    this.recent.set(key, state);
    if (this.recent.size < this.capacity) return;
    this.before = this.recent;
    this.recent = new Map();
  }
}
