import { useIsFetching } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { isSignedOut } from '../api/problem.ts';
import { useRead } from '../api/use-read.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { useShownDay } from './as-of.ts';
import { Banners } from './banners.tsx';
import { useMe } from './company.ts';
import './frame.css';
import { Navigation } from './navigation.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { TopBar } from './top-bar.tsx';
import { useLive } from './use-live.ts';
import { frameWords } from './words.ts';

/** The frame around every room; whoever is not signed in is told how to. */
export function Layout() {
  const me = useRead('/api/me', {});
  const company = useRead('/api/company', {}, { enabled: me.isSuccess });
  if (isSignedOut(me.error) || isSignedOut(company.error)) return <SignInPage />;
  const error = me.error ?? company.error;
  if (error && !company.data) {
    return <Failed error={error} onRetry={() => void Promise.all([me.refetch(), company.refetch()])} />;
  }
  return company.data ? <SignedIn /> : <Loading />;
}

/** A reader that hears the page is told of a new room as one that sees it is. */
const useFocusOnNewRoom = () => {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  return main;
};

/** Figures of another question stay until those that are asked for are there, and are not to be taken for them. */
const useIsBehind = () =>
  useIsFetching({
    predicate: ({ state, queryKey: [path] }) => state.status === 'pending' && String(path).startsWith('/api/'),
  }) > 0;

function Room({ children }: { children: ReactNode }) {
  const main = useFocusOnNewRoom();
  return (
    <main id="room" className="frame-room" aria-busy={useIsBehind()} ref={main} tabIndex={-1}>
      {children}
    </main>
  );
}

/** A sheet of paper does not say by itself when it was true. */
function PrintHead() {
  const t = useWords(frameWords);
  const { day } = useFormats();
  const { asOf } = useShownDay();
  const me = useMe();
  const words = { day: day(asOf.asOf ?? Date.now()), user: me?.user ?? '' };
  return <p className="print-only print-head">{t('printHead', words)}</p>;
}

function SignedIn() {
  const t = useWords(frameWords);
  const connection = useLive();
  const { isPast } = useShownDay();
  return (
    <div className="frame" data-past={isPast || undefined}>
      <a className="skip-link" href="#room">
        {t('skip')}
      </a>
      <Navigation />
      <div className="frame-body">
        <TopBar connection={connection} />
        <PrintHead />
        <Banners connection={connection} />
        <Room>
          <Outlet />
        </Room>
      </div>
    </div>
  );
}
