import type { Position } from '@funnel/kernel';
import type { MessagePort } from 'node:worker_threads';
import type { ExportWish } from '../exports/exported.ts';
import type { ImportErrand } from '../imports/carried-import.ts';

/** What the API asks of the thread that carries files in and out of the log. */
export type Errand =
  /** Sends the bytes over the port until that is all, or the port closed. */
  | { readonly kind: 'send'; readonly wanted: Wanted; readonly port: MessagePort }
  /** Runs an import to its end, and tells of it where jobs are kept. */
  | { readonly kind: 'import'; readonly errand: ImportErrand }
  /** Breaks off what runs; it is answered when that has ended. */
  | { readonly kind: 'stop' };

/** What is told of the whole log. */
export type Wanted =
  | { readonly kind: 'export'; readonly wish: ExportWish }
  /** One event a line, as it is stored. */
  | { readonly kind: 'sealedLog'; readonly after: Position | undefined }
  /** Whether anybody has changed it. */
  | { readonly kind: 'verification' };

export interface ThreadSettings {
  readonly eventStoreUrl: string;
  readonly readStoreUrl: string;
  readonly rootsFile: string;
  /** Published events name their schemas by it. */
  readonly publicUrl: string;
}
