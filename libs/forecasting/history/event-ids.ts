import { codes } from './growing.ts';

/** UUIDs in sixteen bytes each, in the order in which they were added. */
export class EventIds {
  readonly #columns = [codes(), codes(), codes(), codes()];

  push(id: string): void {
    const digits = id.replaceAll('-', '');
    for (const [index, column] of this.#columns.entries()) {
      column.push(Number.parseInt(digits.slice(index * 8, index * 8 + 8), 16));
    }
  }

  at(place: number): string {
    const digits = this.#columns.map((column) => (column.at(place) ?? 0).toString(16).padStart(8, '0')).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
