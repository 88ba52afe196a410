/** A thread of its own, so that files of years of history keep no other request waiting. */
import { auditEvents } from '@funnel/audit';
import { connectEventStore } from '@funnel/event-store';
import { connectReadStore, type ReadStore } from '@funnel/read-store';
import { salesEvents } from '@funnel/sales';
import { workerData } from 'node:worker_threads';
import { sealedLines, verifying } from '../audit/verifying.ts';
import { exported } from '../exports/exported.ts';
import { eachAlone, inChunks } from '../exports/in-chunks.ts';
import { carriedImport } from '../imports/carried-import.ts';
import { answerQuestions } from '../threads/answering.ts';
import { sendPieces } from '../threads/pieces.ts';
import type { Errand, ThreadSettings, Wanted } from './conversation.ts';

const { eventStoreUrl, readStoreUrl, rootsFile, publicUrl } = workerData as ThreadSettings;
const store = connectEventStore({ url: eventStoreUrl }, { ...salesEvents, ...auditEvents });
/** Only imports need it, to tell how far they are: an export goes on without. */
let connecting: Promise<ReadStore> | undefined;
const views = (): Promise<ReadStore> =>
  (connecting ??= connectReadStore({ url: readStoreUrl }).catch((error: unknown) => {
    connecting = undefined;
    throw error;
  }));
const stopping = new AbortController();
const running = new Set<Promise<void>>();

const bytesOf = (wanted: Wanted, signal: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>> => {
  switch (wanted.kind) {
    case 'export':
      return exported(wanted.wish, { store, publicUrl, signal });
    case 'sealedLog':
      return inChunks(sealedLines(store.sealedLog({ ...(wanted.after && { after: wanted.after }), signal })));
    case 'verification':
      return eachAlone(verifying({ store, rootsFile, signal }));
  }
};

const send = ({ wanted, port }: Extract<Errand, { kind: 'send' }>): Promise<void> => {
  const gone = new AbortController();
  port.once('close', () => gone.abort());
  return sendPieces(port, bytesOf(wanted, gone.signal));
};

const bringIn = async ({ errand }: Extract<Errand, { kind: 'import' }>): Promise<void> => {
  const work = views().then((found) => carriedImport(errand, { store, views: found, signal: stopping.signal }));
  running.add(work);
  await work.finally(() => running.delete(work));
};

const stop = async (): Promise<void> => {
  stopping.abort();
  await Promise.all(running);
};

const carry = async (errand: Errand): Promise<undefined> => {
  if (errand.kind === 'send') await send(errand);
  else if (errand.kind === 'import') await bringIn(errand);
  else await stop();
};

answerQuestions<Errand, undefined>({ answer: carry });
