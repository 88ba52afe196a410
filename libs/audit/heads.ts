/** Where a stream ends, and the hash that its next event is linked to. */
export interface Head {
  /** -1 for a stream that does not exist. */
  readonly revision: number;
  /** Of the event there, in hex; of no event: what the first one names. */
  readonly hash: string;
}

const hashBytes = 32;

/** The newest event of each stream. In columns, so that millions of streams take some 150 bytes each. */
export class Heads {
  private readonly places = new Map<string, number>();
  private readonly streams: string[] = [];
  private readonly revisions: number[] = [];
  private hashes = Buffer.alloc(1024 * hashBytes);
  /** The streams in order as of the last time that somebody asked: a nearly sorted list is sorted quickly. */
  private order: string[] = [];

  get size(): number {
    return this.streams.length;
  }

  get(stream: string): Head | undefined {
    const place = this.places.get(stream);
    return place === undefined ? undefined : this.at(place);
  }

  set(stream: string, { revision, hash }: Head): void {
    const place = this.places.get(stream) ?? this.append(stream);
    this.revisions[place] = revision;
    this.hashes.write(hash, place * hashBytes, 'hex');
  }

  /** The names of the streams in the order of their UTF-16 units: that of the leaves of a root. */
  sorted(): readonly string[] {
    if (this.order.length < this.size) this.order = this.order.concat(this.streams.slice(this.order.length)).sort();
    return this.order;
  }

  private at(place: number): Head {
    const from = place * hashBytes;
    return { revision: this.revisions[place] ?? -1, hash: this.hashes.toString('hex', from, from + hashBytes) };
  }

  private append(stream: string): number {
    const place = this.streams.push(stream) - 1;
    this.places.set(stream, place);
    if (this.size * hashBytes > this.hashes.length) {
      this.hashes = Buffer.concat([this.hashes, Buffer.alloc(this.hashes.length)]);
    }
    return place;
  }
}
