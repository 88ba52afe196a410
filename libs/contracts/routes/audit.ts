import { z } from 'zod';
import { everyone, leaders, route, type UserRole } from '../route.ts';
import { id, instantOut, position } from '../shapes.ts';

/** Verifying reads the whole log: for those whose business it is. */
const examiners: readonly UserRole[] = ['manager', 'admin', 'auditor'];

const hex = z.string().describe('SHA-256, in hex.');
const root = z
  .strictObject({
    number: z.int().describe('From 0, without gaps.'),
    at: instantOut,
    position: z.string().describe('Of the last event that it covers.'),
    streams: z.int(),
    tree: hex.describe('Merkle tree hash (RFC 6962) over the ends of all streams, in the order of their names.'),
    changed: z.int().describe('Streams that moved since the root before.'),
    changes: hex.describe('Over the ends of those.'),
    previous: hex.describe('Hash of the root before.'),
    key: z.string().describe('Public key of the signer: Ed25519, SPKI, base64.'),
    signature: z.string().describe('Ed25519, base64.'),
  })
  .meta({ title: 'SignedRoot' });
const event = z.strictObject({
  id: z.string(),
  stream: z.string(),
  revision: z.int(),
  type: z.string(),
  data: z.unknown(),
  metadata: z.unknown().describe('With who, both times, and in `previous` the hash of the event before.'),
});

const reading = { method: 'GET', tag: 'audit', status: 200 } as const;

export const auditRoutes = {
  auditLog: route({
    ...reading,
    path: '/api/audit/log',
    summary: 'All events exactly as they are stored, for whoever wants to verify the log without trusting this server.',
    description:
      'NDJSON, one event a line, in the order of the log. The hash of an event is SHA-256 over the canonical JSON (RFC 8785) ' +
      'of `{ id, stream, revision, type, data, metadata }`. The header `x-log-end` tells where the log ended at the call.',
    roles: examiners,
    query: z.strictObject({ after: position.optional().describe('Only what came later.') }),
    answer: ['application/x-ndjson'],
    problems: [],
  }),
  verifyLog: route({
    ...reading,
    path: '/api/audit/verify',
    summary: 'Verifies the whole log against its chain and the roots kept beside it.',
    description:
      'NDJSON: `{ progress: { events, position, end } }` now and then, at last `{ verdict }` with every finding: its kind, ' +
      'stream, revision, id and a sentence. It is this server’s word; `funnel audit verify` takes nobody’s.',
    roles: examiners,
    query: z.strictObject({}),
    answer: ['application/x-ndjson'],
    problems: [],
  }),
  listRoots: route({
    ...reading,
    path: '/api/audit/roots',
    summary: 'All signed roots, each behind the ends of the streams that moved since the one before.',
    description: 'NDJSON as kept in the file: `[stream, revision, hash]` for each stream that moved, then the root.',
    roles: everyone,
    query: z.strictObject({}),
    answer: ['application/x-ndjson'],
    problems: [],
  }),
  signRoot: route({
    method: 'POST',
    tag: 'audit',
    status: 200,
    path: '/api/audit/roots',
    summary: 'Signs a root over the log as it is now; `null` where nothing came since the last.',
    roles: leaders,
    body: z.strictObject({}),
    answer: z.strictObject({ root: root.nullable() }),
    problems: ['log-contradicts-roots'],
  }),
  auditKey: route({
    ...reading,
    path: '/api/audit/key',
    summary: 'The public key that the newest root was signed with, in PEM.',
    roles: everyone,
    query: z.strictObject({}),
    answer: ['application/x-pem-file'],
    problems: ['not-found'],
  }),
  proveDeal: route({
    ...reading,
    path: '/api/audit/proofs/deals/:id',
    summary: 'The history of a deal as a proof that verifies without this server.',
    roles: everyone,
    params: z.strictObject({ id }),
    query: z.strictObject({}),
    answer: z
      .strictObject({
        format: z.string(),
        stream: z.string(),
        events: z.array(event).describe('Up to the root, as they are stored.'),
        inclusion: z.strictObject({ leaf: z.int(), leaves: z.int(), path: z.array(hex) }),
        root,
      })
      .meta({ title: 'DealProof' }),
    problems: ['deal-absent', 'not-sealed'],
  }),
} as const;
