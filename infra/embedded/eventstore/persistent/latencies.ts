/** How many measurements are kept: the newest. */
const windowSize = 1000;

const ranks: [label: string, share: number][] = [
  ['Median', 0.5],
  ['Fastest', 0],
  ['Quintile 1', 0],
  ['Quintile 2', 0.2],
  ['Quintile 3', 0.4],
  ['Quintile 4', 0.6],
  ['Quintile 5', 0.8],
  ['90%', 0.9],
  ['95%', 0.95],
  ['99%', 0.99],
  ['99.5%', 0.995],
  ['99.9%', 0.999],
  ['Highest', 1],
];

/** How long a client took for its last events, in milliseconds. */
export class Latencies {
  readonly #window: number[] = [];
  #next = 0;

  add(milliseconds: number): void {
    this.#window[this.#next] = Math.trunc(milliseconds);
    this.#next = (this.#next + 1) % windowSize;
  }

  /** Under the names that the protocol uses; nothing before the first measurement. */
  summary(): [label: string, milliseconds: number][] {
    const sorted = this.#window.toSorted((one, other) => one - other);
    if (sorted.length === 0) return [];
    const mean = Math.trunc(sorted.reduce((sum, value) => sum + value, 0) / sorted.length);
    const at = (share: number): number => sorted[Math.min(Math.trunc(share * sorted.length), sorted.length - 1)]!;
    return [['Mean', mean], ...ranks.map(([label, share]): [string, number] => [label, at(share)])];
  }
}
