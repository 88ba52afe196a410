import type { Money } from '../../language/formats.ts';

/** An amount as people write it, with commas between its digits, as the product takes it. */
export const amountIn = (text: string, currency: string): Money => ({
  value: text.replace(/[\s,，'_]/g, ''),
  currency,
});
