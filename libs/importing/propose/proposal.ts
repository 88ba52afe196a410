import type { FileHeader, MappingFile } from '../mapping.ts';
import type { Row } from '../reader.ts';
import type { Note } from './notes.ts';

/** The beginning of a file, to judge it by. */
export interface Sample extends FileHeader {
  readonly rows: readonly Row[];
}

/** What the files cannot tell. */
export interface Wishes {
  readonly currency: string;
  readonly timeZone: string;
  /** Named after the kind of files when absent. */
  readonly funnelId?: string | undefined;
}

export const proposalKinds = ['salesforce', 'deals', 'event-log'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

/** How files seem to be meant. `notes` say what was guessed, and why no mapping could be made. */
export interface Proposal {
  readonly kind: ProposalKind | null;
  readonly mapping: MappingFile | null;
  readonly notes: readonly Note[];
}

/** Makes a proposal when the files are of its kind. */
export type Recogniser = (samples: readonly Sample[], wishes: Wishes) => Proposal | undefined;
