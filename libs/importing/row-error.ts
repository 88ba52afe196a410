/** Why a row cannot be taken. */
export interface RowError {
  /** Line of the file, the header being line 1. */
  readonly line: number;
  /** Column of the file. */
  readonly field: string;
  readonly value: string;
  readonly reason: string;
}

/** Thrown inside the interpreter, caught at its edge. */
export class BadField extends Error {
  constructor(
    readonly field: string,
    readonly value: string,
    reason: string,
  ) {
    super(reason);
  }
}
