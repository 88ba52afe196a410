import type { GroupSettings } from './settings.ts';

type CheckpointSettings = Pick<GroupSettings, 'checkpointAfter' | 'minCheckpointCount' | 'maxCheckpointCount'>;

/**
 * Up to which place (a revision or position) a group has handled everything, however out of order its consumers are,
 * and when that is worth writing down.
 */
export class Progress {
  readonly #settings: CheckpointSettings;
  /** The place before each event that somebody still has to handle, by its number; the lowest number first. */
  readonly #unfinished = new Map<number, number>();
  #number = 0;
  #last: number;
  #writtenNumber = 0;
  #writtenAt = -Infinity;

  /** Everything up to `after` counts as handled. */
  constructor(settings: CheckpointSettings, after: number) {
    this.#settings = settings;
    this.#last = after;
  }

  /** The next event is at this place and shall be handled. The result is its number. */
  begin(place: number): number {
    this.#unfinished.set(++this.#number, this.#last);
    this.#last = place;
    return this.#number;
  }

  /** So many events up to this place are for nobody. */
  pass(place: number, count: number): void {
    this.#number += count;
    this.#last = place;
  }

  finish(number: number): void {
    this.#unfinished.delete(number);
  }

  /**
   * The place to write down now, if it is time: often enough for the maximum count, or at a tick of the clock when the
   * minimum count and the time between two checkpoints are reached.
   */
  checkpoint(now: number, isTick: boolean): number | undefined {
    const [lowest] = this.#unfinished;
    const number = lowest ? lowest[0] - 1 : this.#number;
    const count = number - this.#writtenNumber;
    if (count === 0 || !this.#isDue(count, now, isTick)) return undefined;
    this.#writtenNumber = number;
    this.#writtenAt = now;
    return lowest ? lowest[1] : this.#last;
  }

  #isDue(count: number, now: number, isTick: boolean): boolean {
    const { checkpointAfter, minCheckpointCount, maxCheckpointCount } = this.#settings;
    if (count >= Math.max(1, maxCheckpointCount)) return true;
    if (!isTick || checkpointAfter <= 0) return false;
    return count >= minCheckpointCount && now - this.#writtenAt >= checkpointAfter;
  }
}
