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
const dates = { 'year-first': 'YYYY-MM-DD', 'month-first': '07/01/2026', 'day-first': '01.07.2026' } as const;

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
    throw new BadField(columnOf(role), value, { code: 'invalid-id' });
  };

  const at = ({ time = '' }: Said): number => {
    const instant = readTime(time, mapping);
    if (instant !== undefined) return instant;
    const details = { order: dateOrder, example: examples[dateOrder] };
    throw new BadField(columnOf('time'), time, { code: 'invalid-time', details });
  };

  const amountOf = (value: string): Money => {
    const minor = readAmount(value, currency, decimalSign);
    const column = columnOf('amount');
    if (minor === undefined) {
      const details = { currency, decimals: `${minorDigits(currency)}`, sign: decimalSign };
      throw new BadField(column, value, { code: 'invalid-amount', details });
    }
    if (minor < 0) throw new BadField(column, value, { code: 'negative-amount' });
    return { minor, currency };
  };

  const amount = (said: Said): Money | undefined => {
    if (said.amount === undefined) return undefined;
    if (said.currency !== undefined && said.currency !== currency) {
      throw new BadField(columnOf('currency'), said.currency, { code: 'other-currency', details: { currency } });
    }
    return amountOf(said.amount);
  };

  const expectedClose = ({ expectedClose: value }: Said): string | undefined => {
    if (value === undefined) return undefined;
    const date = readDate(value, mapping);
    if (date !== undefined) return date;
    throw new BadField(columnOf('expectedClose'), value, {
      code: 'invalid-date',
      details: { order: dateOrder, example: dates[dateOrder] },
    });
  };

  /** 0..1, at most four decimals. */
  const probability = ({ probability: value }: Said): number | undefined => {
    if (value === undefined) return undefined;
    const percent = /^\d{1,3}(\.\d{1,2}0*)?$/.test(value.replace(/ ?%$/, '')) ? Number.parseFloat(value) : Number.NaN;
    if (percent >= 0 && percent <= 100) return Math.round(percent * 100) / 10_000;
    throw new BadField(columnOf('probability'), value, { code: 'invalid-percentage' });
  };

  return { columnOf, id: readId, at, amount, expectedClose, probability };
};
export type ValueReader = ReturnType<typeof valueReader>;
