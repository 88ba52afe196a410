import type { Problem, ProblemCode } from '@funnel/contracts';

/** Why a request was not answered: a refusal of the product, or no answer at all. */
export class ApiProblem extends Error {
  constructor(
    readonly code: ProblemCode | 'unreachable' | 'unknown',
    readonly status: number,
    readonly problem: Partial<Problem> = {},
  ) {
    super(problem.detail ?? problem.title ?? code);
    this.name = 'ApiProblem';
  }
}

export const isSignedOut = (error: unknown): boolean => error instanceof ApiProblem && error.status === 401;

/** Worth asking again without a person's help: nothing was refused. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiProblem) || error.status === 0 || error.status === 429 || error.status >= 502;

export const problemOf = async (response: Response): Promise<ApiProblem> => {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new ApiProblem((problem.code as ProblemCode | undefined) ?? 'unknown', response.status, problem);
};
