import { convert, maxMinor, type Money } from '@funnel/kernel';
import type { Conversion } from './shapes.ts';

/** An amount in the funnel's currency, and what was said when it was another. */
export interface Amount {
  readonly amount: Money;
  readonly conversion?: Conversion | undefined;
}

export interface CurrencyMismatch {
  readonly code: 'currency-mismatch';
  readonly expected: string;
  readonly got: string;
}
export interface AmountNegative {
  readonly code: 'amount-negative';
}
export interface AmountTooLarge {
  readonly code: 'amount-too-large';
}

/**
 * What `money` comes to in the funnel's currency. `rate`: units of that currency for one unit of the money's own,
 * a decimal; not looked at when the currency is the funnel's already. Tell a refusal by `'code' in result`.
 */
export const inFunnelCurrency = (
  money: Money,
  rate: string | undefined,
  funnelCurrency: string,
): Amount | CurrencyMismatch | AmountTooLarge => {
  if (money.currency === funnelCurrency) return { amount: money };
  if (rate === undefined) return { code: 'currency-mismatch', expected: funnelCurrency, got: money.currency };
  const amount = convert(money, rate, funnelCurrency);
  if (Math.abs(amount.minor) > maxMinor) return { code: 'amount-too-large' };
  return { amount, conversion: { original: money, rate } };
};

/** Why an amount cannot be that of a deal in this currency, if so. */
export const amountRefused = (amount: Money, currency: string): CurrencyMismatch | AmountNegative | undefined => {
  if (amount.currency !== currency) return { code: 'currency-mismatch', expected: currency, got: amount.currency };
  return amount.minor < 0 ? { code: 'amount-negative' } : undefined;
};
