/** Why a row cannot be taken. */
export interface RowError {
  /** The file's name. */
  readonly file: string;
  /** Line of the file, the header being line 1. */
  readonly line: number;
  /** Column of the file. */
  readonly field: string;
  readonly value: string;
  readonly reason: string;
}

/** Thrown where a row is read, caught at the edge of the lib. */
export class BadField extends Error {
  constructor(
    readonly field: string,
    readonly value: string,
    reason: string,
  ) {
    super(reason);
  }
}

/** What `work` gives, or the error that a bad field of a row comes to. */
export const orError = <Result>(
  work: () => Result,
  place: { readonly file: string; readonly line: number },
): Result | { readonly kind: 'error'; readonly error: RowError } => {
  try {
    return work();
  } catch (fault) {
    if (!(fault instanceof BadField)) throw fault;
    const { file, line } = place;
    return { kind: 'error', error: { file, line, field: fault.field, value: fault.value, reason: fault.message } };
  }
};
