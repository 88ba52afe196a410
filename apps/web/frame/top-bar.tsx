import type { Connection } from '../api/connection.ts';
import { AccountMenu } from './account-menu.tsx';
import { DealSearch } from './deal-search.tsx';
import { TimeRail } from './time-rail.tsx';

export function TopBar({ connection }: { connection: Connection }) {
  return (
    <header className="top-bar">
      <DealSearch />
      <TimeRail connection={connection} />
      <AccountMenu />
    </header>
  );
}
