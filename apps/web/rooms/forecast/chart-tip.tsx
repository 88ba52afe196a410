import { useFormats } from '../../language/use-formats.ts';

interface Told {
  readonly dataKey?: unknown;
  readonly value?: unknown;
  readonly color?: string;
}
interface ChartTipProps {
  /** What each line is called, by its key. */
  readonly names: Readonly<Record<string, string>>;
  readonly money: (value: number) => string;
  // The chart fills these in.
  readonly active?: boolean;
  readonly label?: string | number;
  readonly payload?: readonly Told[];
}

/** The figures under the pointer. */
export function ChartTip({ names, money, active = false, label, payload = [] }: ChartTipProps) {
  const { day } = useFormats();
  if (!active || label === undefined) return null;
  return (
    <div className="chart-tip">
      <strong>{day(String(label))}</strong>
      <dl>
        {payload.flatMap(({ dataKey, value, color }) => {
          const name = names[String(dataKey)];
          if (name === undefined) return [];
          return (
            <div key={String(dataKey)}>
              <dt>
                <span style={{ background: color }} aria-hidden />
                {name}
              </dt>
              <dd className="figures">
                {Array.isArray(value) ? value.map(Number).map(money).join(' – ') : money(Number(value))}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
