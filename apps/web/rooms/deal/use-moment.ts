import { useCallback, useMemo } from 'react';
import { useShownDay } from '../../frame/as-of.ts';
import { dealRoute } from './route.ts';

export interface Moment {
  /** What is shown, as the API takes it; absent is the present. */
  readonly asOf: { readonly asOf?: string };
  readonly isPast: boolean;
  /** Milliseconds since 1970; `undefined` is the present. */
  readonly choose: (at: number | undefined) => void;
}

/**
 * The moment of a deal's life that is shown. It is finer than the day of the whole application; whichever of both was
 * chosen last counts, for choosing a moment leaves the day.
 */
export const useMoment = (): Moment => {
  const { at } = dealRoute.useSearch();
  const navigate = dealRoute.useNavigate();
  const { asOf: day } = useShownDay();
  const choose = useCallback(
    (chosen: number | undefined) =>
      void navigate({
        search: (now) => ({
          ...now,
          asOf: undefined,
          at: chosen === undefined ? undefined : new Date(chosen).toISOString(),
        }),
        replace: true,
      }),
    [navigate],
  );
  const shown = day.asOf ?? at;
  return useMemo(
    () => ({ asOf: shown === undefined ? {} : { asOf: shown }, isPast: shown !== undefined, choose }),
    [shown, choose],
  );
};
