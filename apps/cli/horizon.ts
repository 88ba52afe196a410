import { InvalidArgumentError, Option } from 'commander';

const readHorizon = (text: string): number | null => {
  if (text === 'ever') return null;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number of days, or ever.');
};

/** A number of days, or `null` for ever. */
export const horizonOption = (): Option =>
  new Option('--horizon <days>', 'won within so many days counts as realized, or ever')
    .argParser(readHorizon)
    .default(null, 'ever');
