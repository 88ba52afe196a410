import { parseMinor } from '@funnel/kernel';

/** The sign before the decimals; the other one may group thousands. */
export const decimalSigns = ['.', ','] as const;
export type DecimalSign = (typeof decimalSigns)[number];

const symbols = new Map<string, string>();
/** How a currency is written before or behind an amount: `€`. */
const symbolOf = (currency: string): string => {
  let symbol = symbols.get(currency);
  if (symbol === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    symbol = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
    symbols.set(currency, symbol);
  }
  return symbol;
};

const withoutCurrency = (text: string, currency: string): string => {
  for (const mark of [currency, symbolOf(currency)]) {
    if (text.startsWith(mark)) return text.slice(mark.length).trim();
    if (text.endsWith(mark)) return text.slice(0, -mark.length).trim();
  }
  return text;
};

const grouped = {
  '.': /^-?\d{1,3}([,' \u00a0\u202f]\d{3})+(\.\d+)?$/,
  ',': /^-?\d{1,3}([.' \u00a0\u202f]\d{3})+(,\d+)?$/,
} as const;

/** Minor units of an amount as people write it (`1,234.50`, `1.234,50 €`), exactly; `undefined` if it is none. */
export const readAmount = (text: string, currency: string, sign: DecimalSign): number | undefined => {
  const plain = parseMinor(text, currency);
  if (plain !== undefined && sign === '.') return plain;
  const number = withoutCurrency(text, currency);
  const groups = sign === '.' ? /[,' \u00a0\u202f]/g : /[.' \u00a0\u202f]/g;
  const digits = grouped[sign].test(number) ? number.replace(groups, '') : number;
  if (sign === ',' && digits.includes('.')) return undefined;
  return parseMinor(sign === ',' ? digits.replace(',', '.') : digits, currency);
};
