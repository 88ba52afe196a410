/** The items of a sequence in arrays of at most `size`. */
export async function* inHandfuls<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<readonly Item[]> {
  let handful: Item[] = [];
  for await (const item of items) {
    handful.push(item);
    if (handful.length === size) {
      yield handful;
      handful = [];
    }
  }
  if (handful.length) yield handful;
}
