import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Goes to a deal, on the day that is shown. */
export function DealLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to={`/deals/${encodeURIComponent(id)}` as string} className="deal-link">
      {children}
    </Link>
  );
}
