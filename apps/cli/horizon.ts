import { InvalidArgumentError } from 'commander';

/** A number of days, or `null` for ever. */
export const readHorizon = (text: string): number | null => {
  if (text === 'ever') return null;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number of days, or ever.');
};
