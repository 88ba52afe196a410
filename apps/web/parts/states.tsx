import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { isPassing } from '../api/problem.ts';
import { frameWords } from '../frame/words.ts';
import { useProblemText } from '../language/problem-words.ts';
import { useWords } from '../language/words.ts';
import './states.css';

/** Bars where figures will be. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const t = useWords(frameWords);
  return (
    <div className="loading" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="loading-line" />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text?: string;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** Says why there is nothing, and what to do about it. */
export function Empty({ icon: Icon, title, text, children }: EmptyProps) {
  return (
    <div className="state">
      <span className="state-icon">
        <Icon aria-hidden size={22} strokeWidth={1.7} />
      </span>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="state-actions">{children}</div>}
    </div>
  );
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useWords(frameWords);
  const say = useProblemText();
  return (
    <div className="state state-failed" role="alert">
      <span className="state-icon">
        <CircleAlert aria-hidden size={22} strokeWidth={1.7} />
      </span>
      <h2>{t('wentWrong')}</h2>
      <p>{say(error)}</p>
      {isPassing(error) && <p>{t('triedAgain')}</p>}
      {onRetry && (
        <Button className="button" onPress={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}

interface Reading<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Shows what was read; until then that it is being read, or why it cannot be. */
export function Shown<Data>({ reading, children }: { reading: Reading<Data>; children: (data: Data) => ReactNode }) {
  if (reading.data !== undefined) return children(reading.data);
  if (reading.error) return <Failed error={reading.error} onRetry={() => void reading.refetch()} />;
  return <Loading />;
}
