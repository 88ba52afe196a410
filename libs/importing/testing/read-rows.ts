import { createInterpreter } from '../interpreter.ts';
import { mapping } from '../mapping.ts';
import { createReader, type Lookup, type ReadSaying, type Row, type Saying } from '../reader.ts';
import type { RowOutcome } from '../interpreter.ts';

const isSaying = (each: ReadSaying): each is Extract<ReadSaying, { kind: 'saying' }> => each.kind === 'saying';
const inOrder = (a: Saying, b: Saying) =>
  a.deal < b.deal ? -1 : a.deal > b.deal ? 1 : a.at - b.at || a.source - b.source;

/** What the rows of files come to under a mapping, as an import reads them; rows that cannot be read come first. */
export const readRows = (described: object, files: Readonly<Record<string, readonly Row[]>>): RowOutcome[] => {
  const followed = mapping.parse(described);
  const lookup: Lookup = (index, value) => {
    const join = followed.joins[index];
    return files[join?.file ?? '']?.find((row) => row[join?.on.equals ?? ''] === value);
  };
  const read = createReader(followed, { lookup, now: Date.parse('2026-12-31T00:00:00Z') });
  const interpret = createInterpreter(followed);
  const sayings = Object.entries(files).flatMap(([file, rows]) =>
    rows.flatMap((row, index) => read(row, { file, line: index + 2 })),
  );
  const told = (each: ReadSaying) => (each.kind === 'saying' ? interpret(each.saying) : each);
  if (followed.order === 'file') return sayings.map(told);
  const errors = sayings.filter((each) => each.kind === 'error');
  const sorted = sayings.filter(isSaying).sort((a, b) => inOrder(a.saying, b.saying));
  return [...errors, ...sorted.map(told)];
};

/** The types of events, row by row, or why there are none. */
export const typesOf = (outcomes: readonly RowOutcome[]): (readonly string[] | string)[] =>
  outcomes.map((each) => (each.kind === 'events' ? each.events.map(({ event }) => event.type) : each.kind));
