import { Label } from 'react-aria-components/Label';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import './progress.css';

/** How far long work is; `share` from 0 to 1. */
export function Progress({ label, share }: { label: string; share: number }) {
  return (
    <ProgressBar className="progress" value={Math.min(1, share) * 100}>
      {({ percentage = 0, valueText }) => (
        <>
          <span className="progress-words">
            <Label>{label}</Label>
            <span className="figures">{valueText}</span>
          </span>
          <span className="progress-track">
            <span className="progress-fill" style={{ inlineSize: `${percentage}%` }} />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
