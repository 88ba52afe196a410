import type { EventStore } from '@funnel/event-store';
import type { FunnelDefinition } from '@funnel/sales';
import { byCase } from './cases.ts';
import { inChunks } from './in-chunks.ts';
import { selectedEvents, type Selection } from './selection.ts';
import { asCsv, asLines, asParquet } from './tables.ts';
import { asXes } from './xes.ts';

/** A file that somebody wants. A log in XES is that of one process: of the funnel that is given. */
export type ExportWish = {
  readonly selection: Omit<Selection, 'publicUrl' | 'signal'>;
} & ({ readonly format: 'ndjson' | 'csv' | 'parquet' } | { readonly format: 'xes'; readonly funnel: FunnelDefinition });

interface Source {
  readonly store: EventStore;
  readonly publicUrl: string;
  readonly signal: AbortSignal;
}

/** The bytes of a file, made while they are read. */
export const exported = (wish: ExportWish, { store, ...source }: Source): AsyncIterable<Uint8Array<ArrayBuffer>> => {
  const events = selectedEvents(store, { ...wish.selection, ...source });
  switch (wish.format) {
    case 'ndjson':
      return inChunks(asLines(events));
    case 'csv':
      return inChunks(asCsv(events));
    case 'xes':
      return inChunks(asXes(byCase(events), wish.funnel));
    case 'parquet':
      return asParquet(events);
  }
};
