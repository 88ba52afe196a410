import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { followChanges, type Connection } from '../api/live.ts';

const watchNetwork = (onChange: () => void): (() => void) => {
  const leaving = new AbortController();
  for (const name of ['online', 'offline']) addEventListener(name, onChange, { signal: leaving.signal });
  return () => leaving.abort();
};

/** Keeps what is on the screen fresh as long as the frame is there, and tells whether it can. */
export const useLive = (): Connection => {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => followChanges(client, setConnection), [client]);
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  return isOnline ? connection : 'lost';
};
