import { fromWallClock, minorDigits, parseInstant, parseMinor, startOfDay, type Money } from '@funnel/kernel';
import type { ColumnRole, Mapping } from './mapping.ts';
import { BadField } from './row-error.ts';

/** One row of the file by column name. */
export type Row = Readonly<Record<string, string>>;

/** Reads the fields of a row by the part they play. @throws {BadField} */
export const rowReader = ({ columns, currency, timeZone }: Mapping) => {
  const text = (row: Row, role: ColumnRole): string | undefined => {
    const column = columns[role];
    return column === undefined ? undefined : row[column]?.trim() || undefined;
  };

  const needed = (row: Row, role: 'deal' | 'activity'): string => {
    const value = text(row, role);
    if (value === undefined) throw new BadField(columns[role], '', 'is empty');
    return value;
  };

  const at = (row: Row): number => {
    const value = row[columns.time]?.trim() ?? '';
    const instant = parseInstant(value) ?? fromWallClock(value.replace(' ', 'T'), timeZone);
    if (instant === undefined) {
      throw new BadField(columns.time, value, 'is no time; expected ISO 8601, such as 2026-07-01T09:30:00+08:00');
    }
    return instant;
  };

  const amount = (row: Row): Money | undefined => {
    const value = text(row, 'amount');
    if (value === undefined || columns.amount === undefined) return undefined;
    const minor = parseMinor(value, currency);
    if (minor === undefined) {
      const places = minorDigits(currency);
      throw new BadField(
        columns.amount,
        value,
        `is no amount in ${currency}; expected a number with at most ${places} decimals`,
      );
    }
    if (minor < 0) throw new BadField(columns.amount, value, 'is negative; expected 0 or more');
    return { minor, currency };
  };

  const expectedClose = (row: Row): string | null => {
    const value = text(row, 'expectedClose');
    if (value === undefined) return null;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || startOfDay(value, timeZone) === undefined) {
      throw new BadField(columns.expectedClose ?? '', value, 'is no date; expected YYYY-MM-DD');
    }
    return value;
  };

  return { text, needed, at, amount, expectedClose };
};
export type RowReader = ReturnType<typeof rowReader>;
