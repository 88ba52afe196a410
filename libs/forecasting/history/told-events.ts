import { bytesInBlock, eventsInBlock, eventsOf, type EventBlocks } from './event-blocks.ts';
import { readId, writeId } from './event-ids.ts';
import { floats } from './growing.ts';

/** Events beside their blocks: how many there are, those that fill no block yet, and when those of each block were recorded. */
export interface PackedEvents {
  readonly count: number;
  readonly open: Uint8Array;
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
}

export const fullBlocksOf = (count: number): number => Math.floor(count / eventsInBlock);

/** Room for so many events to be read into. */
export const unpackedEvents = (count: number): PackedEvents => ({
  ...{ count, open: new Uint8Array(bytesInBlock) },
  ...{ earliest: new Float64Array(fullBlocksOf(count)), latest: new Float64Array(fullBlocksOf(count)) },
});

/**
 * Events by their number: their ids, and when they were recorded. Rows hold numbers only; the rest is asked for where events
 * are listed, or where what was known at an instant is, and lies in blocks wherever there is room.
 */
export class ToldEvents {
  readonly blocks: EventBlocks;
  #count: number;
  readonly #open: Uint8Array;
  readonly #opened: ReturnType<typeof eventsOf>;
  /** By full block. */
  readonly #earliest: ReturnType<typeof floats>;
  readonly #latest: ReturnType<typeof floats>;

  constructor({ count, open, earliest, latest }: PackedEvents, blocks: EventBlocks) {
    this.blocks = blocks;
    this.#count = count;
    this.#open = open;
    this.#opened = eventsOf(open);
    this.#earliest = floats(earliest);
    this.#latest = floats(latest);
  }

  /** @returns the number of the event: one more than that of the one before */
  add(id: string, recordedAt: number): number {
    const number = this.#count;
    const place = number % eventsInBlock;
    this.#opened.times[place] = recordedAt;
    writeId(this.#opened.ids, place, id);
    this.#count = number + 1;
    if (place === eventsInBlock - 1) this.#close(fullBlocksOf(number));
    return number;
  }

  /** In the order of the numbers; each block is read once. */
  idsOf(numbers: ArrayLike<number>): string[] {
    const placesIn = new Map<number, number[]>();
    for (let place = 0; place < numbers.length; place += 1) {
      const block = fullBlocksOf(numbers[place]!);
      const places = placesIn.get(block) ?? [];
      if (places.push(place) === 1) placesIn.set(block, places);
    }
    const ids = new Array<string>(numbers.length);
    for (const [block, places] of placesIn) {
      const { ids: kept } = this.#eventsOf(block);
      for (const place of places) ids[place] = readId(kept, numbers[place]! % eventsInBlock);
    }
    return ids;
  }

  /**
   * By number: 1 where the event was recorded by an instant, else 0. Clocks differ, so that record times may fall within the
   * log: only blocks in which some were and some were not are read.
   */
  recordedBy(at: number): Uint8Array {
    const isRecorded = new Uint8Array(this.#count);
    for (let first = 0; first < isRecorded.length; first += eventsInBlock) {
      const flags = isRecorded.subarray(first, first + eventsInBlock);
      const block = fullBlocksOf(first);
      if (at >= (this.#latest.at(block) ?? Infinity)) flags.fill(1);
      else if (at >= (this.#earliest.at(block) ?? -Infinity)) {
        const { times } = this.#eventsOf(block);
        for (let place = 0; place < flags.length; place += 1) flags[place] = times[place]! <= at ? 1 : 0;
      }
    }
    return isRecorded;
  }

  /** Stays as it is while more is added. */
  get packed(): PackedEvents {
    const [earliest, latest] = [this.#earliest.values, this.#latest.values];
    return { count: this.#count, open: this.#open.slice(), earliest, latest };
  }

  #eventsOf(block: number): ReturnType<typeof eventsOf> {
    return block === fullBlocksOf(this.#count) ? this.#opened : eventsOf(this.blocks.get(block));
  }

  #close(block: number): void {
    this.blocks.put(block, this.#open);
    let [earliest, latest] = [Infinity, -Infinity];
    for (const time of this.#opened.times) {
      earliest = Math.min(earliest, time);
      latest = Math.max(latest, time);
    }
    this.#earliest.push(earliest);
    this.#latest.push(latest);
  }
}
