import { ApiProblem } from '../../api/problem.ts';

/** What helps when a move was refused. */
export type Help =
  /** Criteria of the stage are unmet: tick them, or a manager overrides. */
  | { readonly kind: 'criteria'; readonly unmet: readonly string[] }
  /** Somebody changed the deal meanwhile: look again. */
  | { readonly kind: 'reload' }
  | { readonly kind: 'reopen' }
  /** Nobody refused: the product was not reached. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'none' };

const byCode: Readonly<Record<string, Help['kind']>> = {
  'stale-revision': 'reload',
  conflict: 'reload',
  'stage-not-ahead': 'reload',
  'stage-not-behind': 'reload',
  'stage-unknown': 'reload',
  'deal-not-open': 'reopen',
  unreachable: 'wait',
  unavailable: 'wait',
};

export const helpFor = (error: unknown): Help => {
  if (!(error instanceof ApiProblem)) return { kind: 'none' };
  const { code, problem } = error;
  if (code === 'criteria-unmet') return { kind: 'criteria', unmet: (problem['unmet'] as string[] | undefined) ?? [] };
  return { kind: byCode[code] ?? 'none' } as Help;
};
