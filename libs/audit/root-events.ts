import { accept, event, reject, type Decider, type EventOf } from '@funnel/kernel';
import { z } from 'zod';
import { noRoot, rootHash, type SignedRoot } from './root.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

export const signedRoot = z.strictObject({
  number: z.int().min(0),
  at: z.string(),
  position: z.string(),
  streams: z.int(),
  tree: hex,
  changed: z.int(),
  changes: hex,
  previous: hex,
  key: z.string(),
  signature: z.string(),
}) satisfies z.ZodType<SignedRoot>;

/** Facts about the log itself. Keys are stored names: add, never rename, reuse or delete. */
export const auditEvents = { RootSigned: event(signedRoot) } as const;
export type AuditEvent = EventOf<typeof auditEvents>;

export const rootsStream = 'audit-roots';

/** The roots in the log: each follows the one before it, whoever signs. */
export const roots: Decider<SignedRoot | null, SignedRoot, AuditEvent, 'overtaken'> = {
  initial: null,
  evolve: (_, { data }) => data,
  decide: (root, last) => {
    const follows = root.number === (last ? last.number + 1 : 0) && root.previous === (last ? rootHash(last) : noRoot);
    return follows ? accept({ type: 'RootSigned', data: root }) : reject('overtaken');
  },
};
