import { MongoError, MongoInvalidArgumentError, MongoServerError } from 'mongodb';

/** The read store did not answer within its deadlines. */
export class ReadStoreUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('the read store does not answer', options);
    this.name = 'ReadStoreUnavailable';
  }
}

/** The view is kept in another version than its reader is written for, until a worker of the reader's version has built it. */
export class OtherVersion extends Error {
  constructor(
    readonly view: string,
    readonly version: { readonly wanted: number; readonly inForce: number },
  ) {
    super(`the view ${view} is kept in version ${version.inForce}, not ${version.wanted}`);
    this.name = 'OtherVersion';
  }
}

/** Whether the store, and not our own code, let us down. */
export const isStoreFault = (error: unknown): boolean =>
  error instanceof MongoError && !(error instanceof MongoInvalidArgumentError);

/** The code of a write that met another document of its `_id`. */
export const duplicateKey = 11000;
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === duplicateKey;

const cursorGone: readonly unknown[] = [43, 175];
/** Whether the server has dropped what a cursor was reading, or the cursor itself. */
export const isCursorGone = (error: unknown): boolean =>
  error instanceof MongoServerError && cursorGone.includes(error.code);

/** Passes a result on. @throws {ReadStoreUnavailable} where the server was not reached */
export const reached = async <Result>(answer: Promise<Result>): Promise<Result> => {
  try {
    return await answer;
  } catch (cause) {
    if (isStoreFault(cause) && !(cause instanceof MongoServerError)) throw new ReadStoreUnavailable({ cause });
    throw cause;
  }
};
