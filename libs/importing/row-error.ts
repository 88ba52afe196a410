/** Why a row cannot be taken, in English, by its code; others say it in their own language, by the code and what it names. */
const reasons = {
  unreadable: ({ fault }: { fault: string }) => fault,
  empty: () => 'is empty',
  'invalid-id': () =>
    'cannot be an id: letters, digits, ".", "_", "-"; at most 100 (or "ids": "tidied" in the mapping)',
  'same-id': ({ id, other }: { id: string; other: string }) => `has the id "${id}" once tidied, as "${other}" has`,
  'invalid-time': ({ order, example }: Expected) =>
    `is no time from 1970 to 2199; expected ${order}, such as ${example}`,
  'invalid-date': ({ order, example }: Expected) =>
    `is no date from 1970 to 2199; expected ${order}, such as ${example}`,
  'too-long': ({ most }: { most: string }) => `is too long; expected at most ${most} characters`,
  'in-future': () => 'has yet to come; expected what has happened',
  'out-of-order': () =>
    'is earlier than the row before it of the same deal; ' +
    'expected the rows of a deal in order of time (or "order": "time" in the mapping)',
  'missing-amount': () => 'is missing: a deal begins with an amount',
  'invalid-amount': ({ currency, decimals, sign }: { currency: string; decimals: string; sign: string }) =>
    `is no amount in ${currency}; expected a number with at most ${decimals} decimals behind "${sign}"`,
  'negative-amount': () => 'is negative; expected 0 or more',
  'other-currency': ({ currency }: { currency: string }) => `is another currency than the funnel's ${currency}`,
  'invalid-percentage': () => 'is no percentage; expected 0 to 100 with at most 2 decimals',
  'no-event': ({ type }: { type: string }) => `is no event "${type}" of a deal in this funnel, as exports tell it`,
  'deal-exists': ({ deal }: { deal: string }) =>
    `adds deal ${deal}, which is there already and began otherwise: nothing of it was taken`,
  'unknown-deal': ({ deal }: { deal: string }) => `comes before the row that adds deal ${deal}`,
};
interface Expected {
  readonly order: string;
  readonly example: string;
}
type Reasons = typeof reasons;
export type RowErrorCode = keyof Reasons;
/** A code, and what its reason names: nothing for most. */
type Because = {
  [Code in RowErrorCode]: Parameters<Reasons[Code]> extends [infer Details]
    ? { readonly code: Code; readonly details: Details }
    : { readonly code: Code };
}[RowErrorCode];

/** Why a row cannot be taken. */
export interface RowError {
  /** The file's name. */
  readonly file: string;
  /** Line of the file, the header being line 1. */
  readonly line: number;
  /** Column of the file. */
  readonly field: string;
  readonly value: string;
  readonly code: RowErrorCode;
  /** What the reason names. */
  readonly details: Readonly<Record<string, string>>;
  /** In English. */
  readonly reason: string;
}

const whyOf = (because: Because): Pick<RowError, 'code' | 'details' | 'reason'> => {
  const { code } = because;
  const details: Record<string, string> = 'details' in because ? { ...because.details } : {};
  const say = reasons[code] as (details: Record<string, string>) => string;
  return { code, details, reason: say(details) };
};

/** Of a row that is none by the rules of its file. */
export const unreadableRow = ({ file, line }: Pick<RowError, 'file' | 'line'>, fault: string): RowError => ({
  ...{ file, line, field: '', value: '' },
  ...whyOf({ code: 'unreadable', details: { fault } }),
});

/** Of the row that adds a deal which the log knows otherwise. */
export const knownOtherwise = (where: Omit<RowError, 'code' | 'details' | 'reason'>, deal: string): RowError => ({
  ...where,
  ...whyOf({ code: 'deal-exists', details: { deal } }),
});

const mostShown = 200;
const shortened = (value: string): string => (value.length > mostShown ? `${value.slice(0, mostShown)}…` : value);

/** Thrown where a row is read, caught at the edge of the lib. */
export class BadField extends Error {
  readonly why: Omit<RowError, 'file' | 'line'>;

  constructor(field: string, value: string, because: Because) {
    const why = whyOf(because);
    super(why.reason);
    this.why = { field, value: shortened(value), ...why };
  }
}

/** What `work` gives, or the error that a bad field of a row comes to. */
export const orError = <Result>(
  work: () => Result,
  { file, line }: { readonly file: string; readonly line: number },
): Result | { readonly kind: 'error'; readonly error: RowError } => {
  try {
    return work();
  } catch (fault) {
    if (!(fault instanceof BadField)) throw fault;
    return { kind: 'error', error: { file, line, ...fault.why } };
  }
};
