import { InvalidArgumentError } from 'commander';

/** A whole number from 0 up. */
export const readWhole = (text: string): number => {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number.');
};

/** `5000000CNY` or `5000000.00 CNY`. */
export const readMoney = (text: string): { value: string; currency: string } => {
  const [, value, currency] = /^(\d+(?:\.\d+)?) ?([A-Z]{3})$/.exec(text) ?? [];
  if (value !== undefined && currency !== undefined) return { value, currency };
  throw new InvalidArgumentError('Expected an amount with its currency, such as 5000000CNY.');
};
