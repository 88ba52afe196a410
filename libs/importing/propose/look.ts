import { id } from '@funnel/sales';
import { readAmount } from '../amounts.ts';
import { readTime, type DateOrder } from '../dates.ts';
import type { Row } from '../reader.ts';

/** What the values of columns look like. */

/** The values of columns that are not empty. */
export const valuesOf = (rows: readonly Row[], columns: readonly (string | undefined)[]): string[] =>
  columns.flatMap((column) =>
    column === undefined ? [] : rows.flatMap((row) => (row[column]?.trim() ? [row[column].trim()] : [])),
  );

const orders: readonly DateOrder[] = ['year-first', 'month-first', 'day-first'];

/** The order in which most of the values are times; where two read equally many, the earlier of the list above. */
export const dateOrderOf = (values: readonly string[], timeZone: string): DateOrder => {
  const readBy = orders.map(
    (dateOrder) => values.filter((value) => readTime(value, { dateOrder, timeZone }) !== undefined).length,
  );
  return orders[readBy.indexOf(Math.max(...readBy))] ?? 'year-first';
};

/** Whether nearly all of a column's values are times. */
export const areTimes = (values: readonly string[], timeZone: string): boolean =>
  values.length > 0 &&
  orders.some(
    (dateOrder) =>
      values.filter((value) => readTime(value, { dateOrder, timeZone }) !== undefined).length >= values.length * 0.9,
  );

export const decimalSignOf = (values: readonly string[], currency: string): '.' | ',' => {
  const [point = 0, comma = 0] = (['.', ','] as const).map(
    (sign) => values.filter((value) => readAmount(value, currency, sign) !== undefined).length,
  );
  return comma > point ? ',' : '.';
};

export const idsOf = (values: readonly string[]): 'exact' | 'tidied' =>
  values.every((value) => id.safeParse(value).success) ? 'exact' : 'tidied';

/** The fields that there is something in; for mappings that people read. */
export const present = <Fields extends object>(fields: Fields): { [Key in keyof Fields]: NonNullable<Fields[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
