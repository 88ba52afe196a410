import { useFormats } from '../../language/use-formats.ts';
import { useEventNames } from './event-words.ts';

/** How many events of each type, the most frequent first. */
export function EventCounts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { number } = useFormats();
  const nameOf = useEventNames();
  const sorted = Object.entries(counts).sort(([, one], [, other]) => other - one);
  if (sorted.length === 0) return null;
  return (
    <dl className="import-counts">
      {sorted.map(([type, count]) => (
        <div key={type}>
          <dt title={type}>{nameOf(type)}</dt>
          <dd className="figures">{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
