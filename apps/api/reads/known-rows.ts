import type { Moment } from '@funnel/kernel';
import type { ViewReader } from '@funnel/read-store';
import { knownAmong, type Known } from '@funnel/sales-views';

/** Every row of a view that a report looks at. */
export const collect = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

/** Every row of a view as it was known at a moment. */
export const knownRows = async <Row extends object>(
  view: ViewReader<Row>,
  knownAs: Known<Row>,
  { knownAt }: Moment,
): Promise<Row[]> => [...knownAmong(await collect(view.all()), knownAs, knownAt)];
