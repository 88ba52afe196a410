import { z } from 'zod';
import { leaders, route } from '../route.ts';
import { date } from '../shapes.ts';
import { importJob } from './imports.ts';

const whole = (low: number, high: number) => {
  const expected = `a whole number from ${low} to ${high}`;
  return z.int(expected).min(low, expected).max(high, expected);
};

export const demonstrationRoutes = {
  seedDemonstration: route({
    method: 'POST',
    path: '/api/demonstration',
    tag: 'imports',
    summary: 'Adds a made-up company to look around in: a job like any import.',
    description:
      'Teams, reps, quotas and years of plausible deals in the funnel `demo`. The same numbers on the same day give the ' +
      'same company, and adding it twice adds nothing. `GET /api/imports/:id` tells how far it is.',
    roles: leaders,
    body: z.strictObject({
      deals: whole(1, 200_000).default(1_000),
      years: whole(1, 10).default(3).describe('Over how many years they were added.'),
      seed: whole(0, 2 ** 31 - 1)
        .default(1)
        .describe('Which company.'),
      until: date.optional().describe('Its present day; today when absent.'),
    }),
    status: 202,
    answer: importJob,
    problems: ['funnel-differs'],
  }),
} as const;
