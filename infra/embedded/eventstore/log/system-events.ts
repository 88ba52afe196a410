import { randomUUID } from 'node:crypto';
import type { Append } from './writer.ts';

const json = (type: string, data: unknown) => ({
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
