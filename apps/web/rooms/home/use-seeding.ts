import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Answer } from '../../api/routes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useJob } from '../../api/use-job.ts';
import { useWhenShown } from '../../api/use-when-shown.ts';

const wanted = { deals: 2_000, years: 3, seed: 1 };

export interface Seeding {
  readonly start: () => void;
  readonly isBusy: boolean;
  /** 0..1 */
  readonly progress: number;
  /** Why it did not come to its end. */
  readonly error: unknown;
}

type Job = Answer<'GET', '/api/imports/:id'> | undefined;
/** Where its last event stands, once it is written. */
const endOf = (job: Job): string | undefined => (job?.status === 'done' ? job.position : undefined);
const progressOf = (job: Job): number => (job ? job.bytesRead / job.bytesTotal : 0);

/** Fills an empty company with the demonstration, and tells how far it is; `onReady` once every room can show it. */
export const useSeeding = (onReady: () => void): Seeding => {
  const client = useQueryClient();
  const seed = useCommand(['POST', '/api/demonstration']);
  const job = useJob(seed.data?.id);
  const fault = job.data?.fault ?? null;
  const isShown = useWhenShown(endOf(job.data));
  useEffect(() => {
    if (isShown) void client.invalidateQueries().then(onReady);
    // Once: what is handed in anew at each rendering is still the same wish.
  }, [isShown]);
  return {
    start: () => seed.mutate({ body: wanted }),
    isBusy: seed.isPending || (seed.isSuccess && !isShown && fault === null),
    progress: progressOf(job.data),
    error: seed.error ?? job.error ?? fault,
  };
};
