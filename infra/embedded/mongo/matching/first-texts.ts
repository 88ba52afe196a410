/** So many texts follow each other in one piece at most: an insertion moves no more, however many there are. */
const fullPiece = 512;

/** Where the first of the items in order is that comes behind. */
const behind = <Item>(items: readonly Item[], orderOf: (item: Item) => number): number => {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (orderOf(items[middle]!) > 0) to = middle;
    else from = middle + 1;
  }
  return from;
};

/** Tells of texts that a comparison takes for equal the one that came first. */
export class FirstTexts {
  readonly #compare: (left: string, right: string) => number;
  /** All in order, none of them empty. */
  readonly #pieces: string[][] = [];

  constructor(compare: (left: string, right: string) => number) {
    this.#compare = compare;
  }

  firstLike(text: string): string {
    const orderOf = (other: string): number => this.#compare(other, text);
    const number = Math.max(0, behind(this.#pieces, (piece) => orderOf(piece[0]!)) - 1);
    const piece = (this.#pieces[number] ??= []);
    const at = behind(piece, orderOf);
    const before = piece[at - 1];
    if (before !== undefined && orderOf(before) === 0) return before;
    piece.splice(at, 0, text);
    if (piece.length > fullPiece) this.#pieces.splice(number + 1, 0, piece.splice(fullPiece / 2));
    return text;
  }
}
