import type { KnownHistory } from '../history/history.ts';
import type { Names } from '../history/names.ts';
import type { WaterfallFilter } from './belonging.ts';

/** Which deals belong to the customers asked for, by the code of a deal. */
export const customersFit = (history: KnownHistory, { region, industry }: WaterfallFilter) => {
  const { regionOf, industryOf } = history.rows();
  // A name that was never met has no code, and no deal.
  const [inRegion, inIndustry] = [history.regions.find(region ?? null), history.industries.find(industry ?? null)];
  return (deal: number): boolean =>
    (region === undefined || regionOf[deal] === inRegion) &&
    (industry === undefined || industryOf[deal] === inIndustry);
};

/** The names that deals have, in order. */
export const namesMet = (names: Names<string | null>, codeOf: Uint32Array, deals: readonly number[]): string[] => {
  const met = new Set(deals.map((deal) => codeOf[deal]!));
  return names.texts.filter((name, code) => name !== null && met.has(code)).sort() as string[];
};
