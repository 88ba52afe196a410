/** A thread of its own, so that files of years of history keep no other request waiting. */
import { auditEvents } from '@funnel/audit';
import { connectEventStore } from '@funnel/event-store';
import { connectReadStore } from '@funnel/read-store';
import { salesEvents } from '@funnel/sales';
import { workerData } from 'node:worker_threads';
import { exported } from '../exports/exported.ts';
import { carriedImport } from '../imports/carried-import.ts';
import { answerQuestions } from '../threads/answering.ts';
import { sendPieces } from '../threads/pieces.ts';
import type { Errand, ThreadSettings } from './conversation.ts';

const { eventStoreUrl, readStoreUrl, publicUrl } = workerData as ThreadSettings;
const store = connectEventStore({ url: eventStoreUrl }, { ...salesEvents, ...auditEvents });
const views = await connectReadStore({ url: readStoreUrl });
const stopping = new AbortController();
const running = new Set<Promise<void>>();

const send = ({ wish, port }: Extract<Errand, { kind: 'export' }>): Promise<void> => {
  const gone = new AbortController();
  port.once('close', () => gone.abort());
  return sendPieces(port, exported(wish, { store, publicUrl, signal: gone.signal }));
};

const bringIn = async ({ errand }: Extract<Errand, { kind: 'import' }>): Promise<void> => {
  const work = carriedImport(errand, { store, views, signal: stopping.signal });
  running.add(work);
  await work.finally(() => running.delete(work));
};

const stop = async (): Promise<void> => {
  stopping.abort();
  await Promise.all(running);
};

const carry = async (errand: Errand): Promise<undefined> => {
  if (errand.kind === 'export') await send(errand);
  else if (errand.kind === 'import') await bringIn(errand);
  else await stop();
};

answerQuestions<Errand, undefined>({ answer: carry });
