import { useCompany } from '../../frame/company.ts';
import type { Filled } from '../../parts/form/command-form.tsx';
import { instantOf } from '../../parts/form/local-time.ts';

/** What the field "it happened earlier" means to a command. */
export const useHappened = (): ((filled: Filled) => { readonly occurredAt?: string }) => {
  const { timeZone } = useCompany();
  return ({ occurredAt }) => (occurredAt === undefined ? {} : { occurredAt: instantOf(occurredAt, timeZone) });
};
