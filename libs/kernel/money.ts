/** An exact amount: integer minor units of its currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Largest amount taken: a thousand million millions of minor units, far inside exact integers. */
export const maxMinor = 1_000_000_000_000_000;

const digitsOf = new Map<string, number>();

/** Decimal places of an ISO 4217 currency: 2 for CNY, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
};

const known = new Set(Intl.supportedValuesOf('currency'));
export const isCurrency = (code: string): boolean => known.has(code);

/** Reads a decimal such as `"1000000.00"` exactly; `undefined` when it is none or has more places than the currency. */
export const parseMinor = (value: string, currency: string): number | undefined => {
  const match = /^(-?)(\d{1,16})(?:\.(\d+))?$/.exec(value);
  const places = minorDigits(currency);
  const fraction = (match?.[3] ?? '').replace(/0+$/, '');
  if (!match?.[2] || fraction.length > places) return undefined;
  const minor = Number(match[2] + fraction.padEnd(places, '0'));
  if (minor > maxMinor) return undefined;
  return match[1] && minor !== 0 ? -minor : minor;
};

/** Minor units as a decimal with the currency's own places: 100000000 CNY → `"1000000.00"`. */
export const formatMinor = (minor: number | bigint, currency: string): string => {
  const places = minorDigits(currency);
  const text = `${minor < 0 ? -BigInt(minor) : BigInt(minor)}`.padStart(places + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
};

/** `numerator / denominator`, rounded half away from zero. `denominator` must be positive. */
export const divideRounded = (numerator: bigint, denominator: bigint): bigint => {
  const half = denominator / 2n + (denominator % 2n);
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = magnitude / denominator + (magnitude % denominator >= half ? 1n : 0n);
  return numerator < 0n ? -quotient : quotient;
};

/** Splits a whole into parts by shares; the parts add up exactly (largest remainder, earlier part first). */
export const allocate = (minor: number, shares: readonly number[]): number[] => {
  const weights = shares.map((share) => BigInt(Math.round(share * 1_000_000)));
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('shares must be ≥ 0 and not all 0');
  const whole = BigInt(minor);
  const parts = weights.map((weight) => (whole * weight) / total);
  let rest = whole - parts.reduce((sum, part) => sum + part, 0n);
  const step = rest < 0n ? -1n : 1n;
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: ((whole * weight) % total) * step }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (rest === 0n) break;
    parts[index] = (parts[index] ?? 0n) + step;
    rest -= step;
  }
  return parts.map(Number);
};

/** `money` in another currency at a decimal rate (`"7.1234"` units of `currency` for one unit of the money's own). */
export const convert = (money: Money, rate: string, currency: string): Money => {
  const [whole = '0', fraction = ''] = rate.split('.');
  const numerator = BigInt(money.minor) * BigInt(whole + fraction) * 10n ** BigInt(minorDigits(currency));
  const denominator = 10n ** BigInt(fraction.length + minorDigits(money.currency));
  return { minor: Number(divideRounded(numerator, denominator)), currency };
};
