import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { genesisOf, hashOf, previousOf, type SealedEvent } from './event-hash.ts';

const event: SealedEvent = {
  id: '6f6d6b0e-0000-4000-8000-000000000001',
  stream: 'deal-press-line',
  revision: 3,
  type: 'StageAdvanced',
  data: { to: 'contact', from: 'lead', dealId: 'press-line' },
  metadata: { actor: { user: 'mei', role: 'rep' }, occurredAt: '2026-07-08T06:00:00.000Z', previous: 'ab'.repeat(32) },
};

describe('the hash of an event', () => {
  it('is SHA-256 over its canonical JSON, so that anybody can compute it', () => {
    const expected = createHash('sha256')
      .update(canonicalize(event) ?? '')
      .digest('hex');
    expect(hashOf(event)).toBe(expected);
  });

  it.each<[what: string, change: Partial<SealedEvent>]>([
    ['what happened', { data: { to: 'need', from: 'lead', dealId: 'press-line' } }],
    ['the kind of event', { type: 'StageRegressed' }],
    ['its id', { id: '6f6d6b0e-0000-4000-8000-000000000002' }],
    ['the deal', { stream: 'deal-other' }],
    ['its place', { revision: 4 }],
    ['who did it', { metadata: { ...(event.metadata as object), actor: { user: 'li', role: 'rep' } } }],
    ['when it happened', { metadata: { ...(event.metadata as object), occurredAt: '2026-07-09T06:00:00.000Z' } }],
    ['what came before', { metadata: { ...(event.metadata as object), previous: 'cd'.repeat(32) } }],
  ])('is another one when somebody changes %s', (_, change) => {
    expect(hashOf({ ...event, ...change })).not.toBe(hashOf(event));
  });

  it('of a first event names its stream, so that no history passes for that of another deal', () => {
    expect(genesisOf('deal-one')).not.toBe(genesisOf('deal-two'));
  });
});

describe('the predecessor of an event', () => {
  it('is named by its metadata, or unknown', () => {
    expect(previousOf(event)).toBe('ab'.repeat(32));
    expect(previousOf({ metadata: null })).toBeUndefined();
    expect(previousOf({ metadata: { previous: 7 } })).toBeUndefined();
  });
});
