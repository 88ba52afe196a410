import { exactOfDouble } from '../bson/number-order.ts';

/** Half goes to the even neighbour; `trunc` drops what is behind the place. Exact, whatever the double. */
export const roundTo = (value: number, place: number, mode: 'round' | 'trunc'): number => {
  if (!Number.isFinite(value)) return value;
  const { digits, exponent } = exactOfDouble(value);
  const dropped = -place - exponent;
  if (dropped <= 0) return value;
  const unit = 10n ** BigInt(dropped);
  const whole = digits / unit;
  if (mode === 'trunc') return Number(`${whole}e${-place}`);
  const rest = digits % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const isUp = twice > unit || (twice === unit && whole % 2n !== 0n);
  const rounded = isUp ? whole + (digits < 0n ? -1n : 1n) : whole;
  return Number(`${rounded}e${-place}`);
};
