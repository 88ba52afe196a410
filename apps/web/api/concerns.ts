import type { PathOf } from './routes.ts';

type Paths = readonly PathOf<'GET'>[] | 'all';

/** Which answers a change of a stream concerns, by the kind of stream. */
const concerns: Readonly<Record<string, Paths>> = {
  alert: ['/api/alerts'],
  quota: ['/api/quotas/report'],
  rep: 'all',
  team: 'all',
  funnel: 'all',
  deal: 'all',
};

/** Whether an answer of a path may be another one after these streams changed. A kind that is not known concerns all. */
export const isConcerned = (path: string, streams: readonly string[]): boolean =>
  streams.some((stream) => {
    const paths = concerns[stream.split('-', 1)[0] ?? ''] ?? 'all';
    return paths === 'all' || (paths as readonly string[]).includes(path);
  });
