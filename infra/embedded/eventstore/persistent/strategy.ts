import type { StrategyName } from './settings.ts';

/** A consumer as far as choosing goes. */
export interface Candidate {
  readonly hasRoom: boolean;
}

/** Chooses who gets an event. */
export interface Strategy<C extends Candidate> {
  add(consumer: C): void;
  /** To be called when nothing is with the consumer any more. */
  remove(consumer: C): void;
  /** The consumer who shall get the event now, undefined if it has to wait. What shares a pin may have to stay together. */
  choose(pin: string): C | undefined;
  /** An event that was given to the consumer is not with them any more. */
  release(pin: string, consumer: C): void;
}

export const createStrategy = <C extends Candidate>(name: StrategyName): Strategy<C> => {
  if (name === 'RoundRobin') return new RoundRobin();
  return name === 'DispatchToSingle' ? new DispatchToSingle() : new Pinned();
};

/** Everybody in turn. */
class RoundRobin<C extends Candidate> implements Strategy<C> {
  protected readonly queue: C[] = [];

  add(consumer: C): void {
    this.queue.push(consumer);
  }

  remove(consumer: C): void {
    this.queue.splice(this.queue.indexOf(consumer), 1);
  }

  choose(_: string): C | undefined {
    const at = this.queue.findIndex((consumer) => consumer.hasRoom);
    if (at === -1) return undefined;
    this.queue.push(...this.queue.splice(0, at + 1));
    return this.queue.at(-1);
  }

  release(_: string, __: C): void {}
}

/** One until it has enough, then the next one until that has enough. */
class DispatchToSingle<C extends Candidate> extends RoundRobin<C> {
  override choose(_: string): C | undefined {
    const at = this.queue.findIndex((consumer) => consumer.hasRoom);
    if (at === -1) return undefined;
    this.queue.push(...this.queue.splice(0, at));
    return this.queue[0];
  }
}

interface Bucket<C> {
  consumer: C;
  /** How many of its events the consumer has. */
  inFlight: number;
}

const bucketCount = 1024;

/**
 * What shares a pin goes to one consumer for as long as it is there. Pins share buckets. A consumer who joins takes over
 * its share of the buckets, first those of which nothing is in flight.
 */
class Pinned<C extends Candidate> implements Strategy<C> {
  readonly #loads = new Map<C, number>();
  readonly #buckets = new Map<number, Bucket<C>>();

  add(consumer: C): void {
    this.#loads.set(consumer, 0);
    const fairShare = Math.ceil(this.#buckets.size / this.#loads.size);
    const quietestFirst = [...this.#buckets].toSorted(([, one], [, other]) => one.inFlight - other.inFlight);
    for (const [number, bucket] of quietestFirst) {
      if (this.#loads.get(bucket.consumer)! <= fairShare) continue;
      this.#forget(number, bucket);
      this.#give(number, consumer);
    }
  }

  remove(consumer: C): void {
    for (const [number, bucket] of this.#buckets) if (bucket.consumer === consumer) this.#forget(number, bucket);
    this.#loads.delete(consumer);
  }

  choose(pin: string): C | undefined {
    const bucket = this.#buckets.get(bucketOf(pin)) ?? this.#assign(bucketOf(pin));
    if (!bucket?.consumer.hasRoom) return undefined;
    bucket.inFlight++;
    return bucket.consumer;
  }

  release(pin: string, consumer: C): void {
    const bucket = this.#buckets.get(bucketOf(pin));
    if (bucket?.consumer === consumer) bucket.inFlight--;
  }

  /** To the one with the fewest buckets, of those who can begin at once. */
  #assign(number: number): Bucket<C> | undefined {
    const able = [...this.#loads].filter(([consumer]) => consumer.hasRoom);
    const [least] = able.toSorted(([, one], [, other]) => one - other);
    return least && this.#give(number, least[0]);
  }

  #give(number: number, consumer: C): Bucket<C> {
    const bucket = { consumer, inFlight: 0 };
    this.#buckets.set(number, bucket);
    this.#loads.set(consumer, this.#loads.get(consumer)! + 1);
    return bucket;
  }

  #forget(number: number, { consumer }: Bucket<C>): void {
    this.#buckets.delete(number);
    this.#loads.set(consumer, this.#loads.get(consumer)! - 1);
  }
}

/** FNV-1a, which spreads names that differ only in their last letters. */
const bucketOf = (pin: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < pin.length; index++) hash = Math.imul(hash ^ pin.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % bucketCount;
};
