import { minorDigits, type Money } from '@funnel/kernel';
import { id } from '@funnel/sales';
import { readAmount } from './amounts.ts';
import { readDate, readTime } from './dates.ts';
import type { Mapping } from './mapping.ts';
import { BadField } from './row-error.ts';
import type { Role, Said } from './roles.ts';

const examples = {
  'year-first': '2026-07-01T09:30:00+08:00',
  'month-first': '07/01/2026 09:30 AM',
  'day-first': '01.07.2026 09:30',
} as const;

/** What cannot stand in an id becomes a hyphen: `Anna Smith` → `Anna-Smith`. */
const tidied = (value: string): string =>
  value
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|-+$/gu, '')
    .slice(0, 100);

/** Reads what a row says, by the part it plays, into the product's own terms. @throws {BadField} */
export const valueReader = (mapping: Mapping, source: number) => {
  const { currency, dateOrder, decimalSign } = mapping;
  const columnOf = (role: Role): string => mapping.sources[source]?.columns[role] ?? role;

  const readId = (said: Said, role: 'deal' | 'owner'): string | undefined => {
    const value = said[role];
    if (value === undefined) return undefined;
    const wanted = mapping.ids === 'tidied' ? tidied(value) : value;
    if (id.safeParse(wanted).success) return wanted;
    const reason = 'cannot be an id: letters, digits, ".", "_", "-"; at most 100 (or "ids": "tidied" in the mapping)';
    throw new BadField(columnOf(role), value, reason);
  };

  const at = ({ time = '' }: Said): number => {
    const instant = readTime(time, mapping);
    if (instant !== undefined) return instant;
    const example = examples[dateOrder];
    throw new BadField(columnOf('time'), time, `is no time; expected ${dateOrder}, such as ${example}`);
  };

  const amountOf = (value: string): Money => {
    const minor = readAmount(value, currency, decimalSign);
    const column = columnOf('amount');
    if (minor === undefined) {
      const expected = `a number with at most ${minorDigits(currency)} decimals behind "${decimalSign}"`;
      throw new BadField(column, value, `is no amount in ${currency}; expected ${expected}`);
    }
    if (minor < 0) throw new BadField(column, value, 'is negative; expected 0 or more');
    return { minor, currency };
  };

  const amount = (said: Said): Money | undefined => {
    if (said.amount === undefined) return undefined;
    if (said.currency !== undefined && said.currency !== currency) {
      throw new BadField(columnOf('currency'), said.currency, `is another currency than the funnel's ${currency}`);
    }
    return amountOf(said.amount);
  };

  const expectedClose = ({ expectedClose: value }: Said): string | undefined => {
    if (value === undefined) return undefined;
    const date = readDate(value, mapping);
    if (date !== undefined) return date;
    const expected = dateOrder === 'year-first' ? 'YYYY-MM-DD' : examples[dateOrder].slice(0, 10);
    throw new BadField(columnOf('expectedClose'), value, `is no date; expected ${dateOrder}, such as ${expected}`);
  };

  /** 0..1, at most four decimals. */
  const probability = ({ probability: value }: Said): number | undefined => {
    if (value === undefined) return undefined;
    const percent = /^\d{1,3}(\.\d{1,2}0*)?$/.test(value.replace(/ ?%$/, '')) ? Number.parseFloat(value) : Number.NaN;
    if (percent >= 0 && percent <= 100) return Math.round(percent * 100) / 10_000;
    throw new BadField(columnOf('probability'), value, 'is no percentage; expected 0 to 100 with at most 2 decimals');
  };

  return { columnOf, id: readId, at, amount, expectedClose, probability };
};
export type ValueReader = ReturnType<typeof valueReader>;
