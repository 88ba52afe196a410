import type { Spot } from './spots.ts';

interface TipProps {
  readonly spot: Spot;
  readonly left: number;
  /** Left of the spot, where there is no room on its right. */
  readonly isLeft: boolean;
}

/** The figures under the pointer, which are also read out. */
export function Tip({ spot: { title, lines }, left, isLeft }: TipProps) {
  return (
    <div className={isLeft ? 'chart-tip chart-tip-left' : 'chart-tip'} style={{ left }} role="status">
      <strong>{title}</strong>
      <dl>
        {lines.map(({ name, text, color }) => (
          <div key={name}>
            <dt>
              {color && <span className="chart-key" style={{ color }} aria-hidden />}
              {name}
            </dt>
            <dd className="figures">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
