import { z } from 'zod';
import { position } from '../shapes.ts';

/** What every command answers; `revision` is also the `ETag`. */
export const done = z
  .strictObject({
    id: z.string(),
    revision: z.int().describe('Of the stream; send it back as If-Match to change only what you have seen.'),
    position: position.describe('Of the newest event this command led to; send it as ?after= to read it back.'),
  })
  .meta({ title: 'Done' });

export const override = z.strictObject({ reason: z.string().trim().min(1, 'a reason').max(2_000) });
