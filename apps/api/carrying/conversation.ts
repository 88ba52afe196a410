import type { MessagePort } from 'node:worker_threads';
import type { ExportWish } from '../exports/exported.ts';
import type { ImportErrand } from '../imports/carried-import.ts';

/** What the API asks of the thread that carries files in and out of the log. */
export type Errand =
  /** Sends the file over the port until it is whole, or the port closed. */
  | { readonly kind: 'export'; readonly wish: ExportWish; readonly port: MessagePort }
  /** Runs an import to its end, and tells of it where jobs are kept. */
  | { readonly kind: 'import'; readonly errand: ImportErrand }
  /** Breaks off what runs; it is answered when that has ended. */
  | { readonly kind: 'stop' };

export interface ThreadSettings {
  readonly eventStoreUrl: string;
  readonly readStoreUrl: string;
  /** Published events name their schemas by it. */
  readonly publicUrl: string;
}
