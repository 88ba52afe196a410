import { z } from 'zod';

/**
 * Every problem the product answers with: its HTTP status and its title. Codes are stable: add, never rename. A refusal
 * of a rule carries the rule's own code.
 */
export const problems = {
  malformed: [400, 'The request cannot be read'],
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'Your role does not allow this'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'This address does not take this method'],
  'stale-revision': [412, 'It has changed since you read it'],
  'payload-too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The body is not in a format taken here'],
  'idempotency-key-reused': [422, 'The idempotency key was used for another request'],
  conflict: [409, 'Others were writing at the same time'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'A part of the product cannot be reached'],
  'view-behind': [503, 'The view has not caught up yet'],
  'view-of-other-version': [503, 'The view is not there in this version yet'],

  'deal-absent': [404, 'No such deal'],
  'rep-absent': [404, 'No such salesperson'],
  'alert-absent': [404, 'No such alert'],
  'override-not-permitted': [403, 'Only a manager may override'],
  'deal-exists': [409, 'The deal exists already'],
  'deal-not-open': [409, 'The deal is closed'],
  'deal-not-closed': [409, 'The deal is open'],
  'no-open-next-step': [409, 'There is no open next step'],
  'rep-exists': [409, 'The salesperson exists already'],
  'alert-resolved': [409, 'The alert is resolved'],
  'no-longer-due': [409, 'The cause is gone'],
  'funnel-unknown': [422, 'No such funnel'],
  'stage-unknown': [422, 'No such stage'],
  'stage-not-ahead': [422, 'The stage is not ahead'],
  'stage-not-behind': [422, 'The stage is not behind'],
  'criteria-unmet': [422, 'Exit criteria are not met'],
  'criterion-unknown': [422, 'No such criterion'],
  'owner-locked': [422, 'The owner is locked'],
  'next-step-due-in-past': [422, 'The next step would be overdue at once'],
  'occurred-before-added': [422, 'Dated before the deal was there'],
  'occurred-while-closed': [422, 'Dated while the deal was closed'],
  'occurred-in-future': [422, 'Dated in the future'],
  'occurred-before-latest-change': [422, 'Dated before a later change'],
  'amount-negative': [422, 'The amount is negative'],
  'amount-too-large': [422, 'The amount is too large'],
  'currency-mismatch': [422, 'The amount is in another currency'],
  'stages-missing': [422, 'The funnel has no stages'],
  'stage-repeated': [422, 'A stage is repeated'],
  'criterion-repeated': [422, 'A criterion is repeated'],
  'stage-removed': [422, 'A stage was left out'],
  'currency-fixed': [422, 'The currency is fixed'],

  'file-unreadable': [400, 'The file cannot be read'],
  'mapping-column-missing': [422, 'The file lacks a column that the mapping names'],
  'mapping-needed': [422, 'The files do not tell how they are to be read'],
  'not-sealed': [409, 'No root covers this yet'],
  'log-contradicts-roots': [409, 'The log contradicts its roots'],
  'funnel-differs': [409, 'The funnel is another one'],
  'calibration-moved': [409, 'The calibration comes to something else by now'],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemCode = keyof typeof problems;

/** What any route may answer, whatever it does. */
export const commonProblems: readonly ProblemCode[] = [
  'malformed',
  'unauthenticated',
  'forbidden',
  'internal',
  'unavailable',
  'view-of-other-version',
];

export const statusOf = (code: ProblemCode): number => problems[code][0];
export const titleOf = (code: ProblemCode): string => problems[code][1];

/** One fault in a request: where, what was expected there, and what stood there instead. */
export const fault = z.strictObject({
  path: z.string().meta({ examples: ['$.amount.value', 'query.limit', 'header.If-Match'] }),
  expected: z.string(),
  got: z.unknown().optional(),
});
export type Fault = z.infer<typeof fault>;

/** RFC 9457. `instance` is the request's id, which the product's log shows too. */
export const problem = z.looseObject({
  type: z.string().meta({ examples: ['urn:funnel-ledger:problem:malformed'] }),
  code: z.string().meta({ examples: ['malformed'] }),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(fault).optional(),
});
export type Problem = z.infer<typeof problem>;
