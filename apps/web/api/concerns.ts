import type { PathOf } from './routes.ts';

type Paths = readonly PathOf<'GET'>[];

/** Who sells by which rules does not change with a deal; whom to choose among is not asked again for each. */
const besideDeals: Paths = ['/api/me', '/api/funnels', '/api/reps', '/api/teams', '/api/owners'];

/** Which answers a change of a stream may concern, by the kind of stream. A kind that is not named here concerns all. */
const concerns: Readonly<Record<string, { readonly only: Paths } | { readonly allBut: Paths }>> = {
  alert: { only: ['/api/alerts'] },
  audit: { only: [] },
  quota: { only: ['/api/quotas/report', '/api/quotas/teams'] },
  deal: { allBut: besideDeals },
};

/** Whether an answer of a path may be another one after a stream changed. */
export const isConcerned = (path: string, stream: string): boolean => {
  const concern = concerns[stream.split('-', 1)[0] ?? ''];
  if (!concern) return true;
  const isNamed = (paths: Paths) => (paths as readonly string[]).includes(path);
  return 'only' in concern ? isNamed(concern.only) : !isNamed(concern.allBut);
};
