import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useCompany } from './company.ts';
import { endOfDay } from './days.ts';

export interface ShownDay {
  /** The day that every room shows; `undefined` is today, live. */
  readonly day: string | undefined;
  /** The same as the API takes it: spread it into the query of a read. */
  readonly asOf: { readonly asOf?: string };
  readonly isPast: boolean;
  readonly choose: (day: string | undefined) => void;
}

/** The one date of the whole application; it lives in the address. */
export const useShownDay = (): ShownDay => {
  const { asOf: day } = useSearch({ from: '__root__' });
  const { timeZone } = useCompany();
  const navigate = useNavigate();
  const choose = useCallback(
    (chosen: string | undefined) =>
      void navigate({ to: '.', search: (now) => ({ ...now, asOf: chosen }), replace: true }),
    [navigate],
  );
  return useMemo(
    () => ({ day, asOf: day ? { asOf: endOfDay(day, timeZone) } : {}, isPast: day !== undefined, choose }),
    [day, timeZone, choose],
  );
};
