/** What the API and a thread of it say to each other. */

/** A question, or its answer, on its way. */
export interface Letter<Content> {
  readonly id: number;
  readonly content: Content;
}

/** The answer to a question that failed. */
export interface Failure {
  readonly id: number;
  readonly failed: string;
}

/** What a thread says without being asked, for the log of the API. */
export interface Note {
  readonly note: string;
}

/** Said to a thread: keep what you have, and end. */
export const farewell = 'farewell';
