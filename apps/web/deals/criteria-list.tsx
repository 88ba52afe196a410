import { Check } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { useCommand } from '../api/use-command.ts';
import { useProblemText } from '../language/problem-words.ts';
import './criteria-list.css';

interface CriteriaListProps {
  readonly dealId: string;
  readonly criteria: readonly { readonly key: string; readonly label: string }[];
  /** Keys of those that are met. */
  readonly met: readonly string[];
  readonly isReadOnly?: boolean;
  /** After each tick, with the deal's new revision. */
  readonly onTicked?: (key: string, isMet: boolean, revision: number) => void;
}

/** Exit criteria, ticked and unticked at once. */
export function CriteriaList({ dealId, criteria, met, isReadOnly = false, onTicked }: CriteriaListProps) {
  const say = useProblemText();
  const meet = useCommand(['PUT', '/api/deals/:id/criteria/:key']);
  const withdraw = useCommand(['DELETE', '/api/deals/:id/criteria/:key']);
  /** What is being recorded is shown as done; when it is refused it goes back. */
  const [ticking, setTicking] = useState<Readonly<Record<string, boolean>>>({});
  const tick = async (key: string, isMet: boolean): Promise<void> => {
    setTicking((now) => ({ ...now, [key]: isMet }));
    try {
      const { mutateAsync } = isMet ? meet : withdraw;
      const { revision } = await mutateAsync({ params: { id: dealId, key }, body: {} });
      onTicked?.(key, isMet, revision);
    } catch {
      setTicking(({ [key]: _, ...others }) => others);
    }
  };
  const error = meet.error ?? withdraw.error;
  return (
    <div className="criteria">
      {criteria.map(({ key, label }) => (
        <Checkbox
          key={key}
          className="criterion"
          isSelected={ticking[key] ?? met.includes(key)}
          isDisabled={isReadOnly}
          onChange={(isMet) => void tick(key, isMet)}
        >
          <span className="criterion-box">
            <Check aria-hidden size={13} strokeWidth={3} />
          </span>
          {label}
        </Checkbox>
      ))}
      {error && (
        <p className="field-error" role="alert">
          {say(error)}
        </p>
      )}
    </div>
  );
}
