import { mapping, type MappingFile } from '../mapping.ts';
import { dealLists } from './deal-lists.ts';
import { eventLogs } from './event-logs.ts';
import { note } from './notes.ts';
import type { Proposal, ProposalKind, Recogniser, Sample, Wishes } from './proposal.ts';
import { salesforce } from './salesforce.ts';

/** The most telling first. */
const recognisers: Readonly<Record<ProposalKind, Recogniser>> = {
  salesforce,
  deals: dealLists,
  'event-log': eventLogs,
};

/** A file that brings its mapping along needs no guesses. */
const brought = (samples: readonly Sample[], { funnelId }: Wishes): Proposal | undefined => {
  const read = mapping.safeParse(samples[0]?.mapping);
  if (samples.length !== 1 || !read.success) return undefined;
  const written = samples[0]?.mapping as MappingFile;
  const funnel = { ...written.funnel, id: funnelId ?? written.funnel.id };
  return { kind: 'event-log', mapping: { ...written, funnel }, notes: [note('brings-mapping')] };
};

/** How files seem to be meant, as a mapping to look through and to change; of one kind only where it is named. */
export const propose = (samples: readonly Sample[], wishes: Wishes, only?: ProposalKind): Proposal => {
  const own = only === undefined || only === 'event-log' ? brought(samples, wishes) : undefined;
  if (own) return own;
  const kinds = only ? [only] : (Object.keys(recognisers) as ProposalKind[]);
  for (const kind of kinds) {
    const proposal = recognisers[kind](samples, wishes);
    if (proposal) return proposal;
  }
  const found = samples.map(({ name, header }) => `${name}: ${header.join(', ')}`).join('; ');
  const notes = kinds.map((kind) => note(`no-${kind}`, { found }));
  return { kind: null, mapping: null, notes };
};
