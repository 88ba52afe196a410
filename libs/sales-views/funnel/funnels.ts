import { projection, type Recorded } from '@funnel/kernel';
import type { FunnelEvent } from '@funnel/sales';
import { inForce, withVersion } from '../versions.ts';
import type { FunnelRow, FunnelVersion } from './funnel-row.ts';

const versioned = (row: FunnelRow | null, { data, ...said }: Recorded<FunnelEvent>): FunnelRow => {
  const { reason = null, evidence, ...definition } = { reason: undefined, evidence: undefined, ...data };
  const { at, recordedAt, revision } = said;
  const version = { at, recordedAt, revision, reason, definition, ...(evidence && { evidence }) };
  return { funnelId: data.funnelId, versions: withVersion(row?.versions ?? [], version) };
};

/** Every funnel with all its versions, so that the past is weighed with the weights of then. */
export const funnels = projection<FunnelRow, FunnelEvent>({
  name: 'funnels',
  version: 2,
  streams: ['funnel-'],
  keyOf: ({ data }) => data.funnelId,
  on: { FunnelDefined: versioned, FunnelRevised: versioned },
});

/** The version in force at an instant; before the first one, the first one. */
export const versionAt = ({ versions }: FunnelRow, at: number): FunnelVersion => inForce(versions, at);
