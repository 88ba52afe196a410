interface Searched {
  readonly dealId: string;
  readonly title: string;
  readonly customer: {
    readonly name: string;
    readonly region?: string | null | undefined;
    readonly industry?: string | null | undefined;
  };
}

/** Lower-cased id, title, customer, region and industry of a deal. */
export const searchedWords = ({ dealId, title, customer }: Searched): string =>
  [dealId, title, customer.name, customer.region, customer.industry].filter(Boolean).join(' ').toLowerCase();

/** The words that somebody looks for: each must be found somewhere, in any order. */
export const wantedWords = (q: string): readonly string[] =>
  q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
