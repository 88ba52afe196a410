/** A thread of its own, so that a forecast over years of history keeps no other request waiting. */
import { auditEvents } from '@funnel/audit';
import { connectEventStore } from '@funnel/event-store';
import { salesEvents } from '@funnel/sales';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { answer } from './answer.ts';
import { farewell, type Letter, type Note, type Question, type Reply, type ThreadSettings } from './conversation.ts';
import { KeptHistory } from './kept-history.ts';

const { eventStoreUrl, historyFile } = workerData as ThreadSettings;
// Roots in the log change no forecast, but they are no riddle either.
const store = connectEventStore({ url: eventStoreUrl }, { ...salesEvents, ...auditEvents });
const note = (text: string): void => parentPort?.postMessage({ note: text } satisfies Note);
const kept = new KeptHistory({ store, path: historyFile, note });

const end = async (): Promise<void> => {
  await kept.keep({ evenIfLittle: true });
  process.exit();
};

parentPort?.on('message', (said: Letter<Question> | typeof farewell) => {
  if (said === farewell) return void end();
  const { id, content } = said;
  const reply = (content: Reply): void => parentPort?.postMessage({ id, content } satisfies Letter<Reply>);
  const failed = (error: Error): void => reply({ kind: 'failed', message: error.stack ?? error.message });
  answer(kept, content).then(reply, failed);
});

/** Now and then, so that there is little to read when somebody asks. What fails now is tried again then. */
const catchUpEveryMs = 5_000;
for (;;) {
  await kept.catchUp().then(
    () => kept.keep(),
    () => undefined,
  );
  await pause(catchUpEveryMs);
}
