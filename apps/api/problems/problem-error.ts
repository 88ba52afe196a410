import { statusOf, titleOf, type Fault, type Problem, type ProblemCode } from '@funnel/contracts';

interface Beside {
  readonly errors?: readonly Fault[];
  /** Further members of the problem, for instance the current revision. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request is answered with when it is not done. `detail`: a sentence, what was wrong and what was expected. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly beside: Beside = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
  }

  get status(): number {
    return statusOf(this.code);
  }

  /** RFC 9457; `requestId` is also in the product's log. */
  body(requestId: string): Problem {
    const { errors, members } = this.beside;
    return {
      type: `urn:funnel-ledger:problem:${this.code}`,
      code: this.code,
      title: titleOf(this.code),
      status: this.status,
      detail: this.detail,
      instance: `urn:uuid:${requestId}`,
      ...members,
      ...(errors && { errors: [...errors] }),
    };
  }
}

const shown = ({ path, expected, got }: Fault) =>
  `${path}: expected ${expected}${got === undefined ? '' : `, got ${JSON.stringify(got)}`}`;

/** A request that cannot be read; `detail` tells the first fault, `errors` all of them. */
export const malformed = (errors: readonly Fault[]): ProblemError => {
  const [first] = errors;
  return new ProblemError('malformed', first ? shown(first) : 'The request cannot be read.', { errors });
};

export const notFound = (what: string): ProblemError => new ProblemError('not-found', `There is no ${what}.`);
