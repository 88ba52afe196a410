import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { connection, type Connection } from '../api/connection.ts';
import { followChanges } from '../api/live.ts';

const watchNetwork = (onChange: () => void): (() => void) => {
  const leaving = new AbortController();
  for (const name of ['online', 'offline']) addEventListener(name, onChange, { signal: leaving.signal });
  return () => leaving.abort();
};

/** Keeps what is on the screen fresh as long as the frame is there, and tells whether it can. */
export const useLive = (): Connection => {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
  const stream = useSyncExternalStore(connection.watch, connection.now);
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  return isOnline ? stream : 'lost';
};
