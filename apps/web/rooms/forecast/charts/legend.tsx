interface LegendProps {
  readonly items: readonly { readonly name: string; readonly color: string; readonly isDashed?: boolean }[];
}

/** What each line and colour of a chart stands for. */
export function Legend({ items }: LegendProps) {
  return (
    <ul className="chart-legend">
      {items.map(({ name, color, isDashed = false }) => (
        <li key={name} style={{ color }}>
          <span className={isDashed ? 'chart-key chart-key-dashed' : 'chart-key'} aria-hidden />
          <span className="chart-key-name">{name}</span>
        </li>
      ))}
    </ul>
  );
}
