import type { ReactNode } from 'react';

/** Figures side by side. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className="stats">{children}</dl>;
}

interface StatProps {
  readonly name: string;
  readonly value: string;
  readonly more?: ReactNode;
}

export function Stat({ name, value, more }: StatProps) {
  return (
    <div className="stat">
      <dt className="stat-name">{name}</dt>
      <dd className="stat-value">{value}</dd>
      {more && <dd className="stat-more">{more}</dd>}
    </div>
  );
}
