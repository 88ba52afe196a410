import { randomUUID } from 'node:crypto';
import type { Append, ProposedEvent } from './writer.ts';

/** An event as the server itself writes them. */
export const json = (type: string, data: unknown): ProposedEvent => ({
  id: randomUUID(),
  type,
  isJson: true,
  data: Buffer.from(JSON.stringify(data)),
  metadata: new Uint8Array(0),
});

const user = (loginName: string, fullName: string, groups: string[]): Append => ({
  stream: `$user-${loginName}`,
  expected: 'no_stream',
  events: [json('$UserCreated', { loginName, fullName, groups, disabled: false })],
});

/** What a node of its own writes before anybody else does; readers of everything learn to step over it. */
export const systemEvents = (): Append[] => [
  { stream: '$$$scavenges', expected: 'no_stream', events: [json('$metadata', { $maxCount: 1000, $maxAge: 2592000 })] },
  user('admin', 'Event Store Administrator', ['$admins']),
  user('ops', 'Event Store Operations', ['$ops']),
  { stream: '$users', expected: 'no_stream', events: [json('$User', 'admin'), json('$User', 'ops')] },
  { stream: '$$$settings', expected: 'no_stream', events: [json('$metadata', { $maxCount: 1 })] },
  { stream: '$settings', expected: 'no_stream', events: [json('$settings', { userStreamAcl: null })] },
];
