/** A thread of its own, so that a forecast over years of history keeps no other request waiting. */
import { connectEventStore } from '@funnel/event-store';
import { salesEvents } from '@funnel/sales';
import { parentPort, workerData } from 'node:worker_threads';
import { answer } from './answer.ts';
import type { Answer, Question, ThreadSettings } from './conversation.ts';
import { FollowedHistory } from './followed-history.ts';

const { eventStoreUrl } = workerData as ThreadSettings;
const store = connectEventStore({ url: eventStoreUrl }, salesEvents);
const followed = new FollowedHistory(store);

parentPort?.on('message', ({ id, reforecast }: Question) => {
  answer(followed, reforecast).then(
    (reply) => parentPort?.postMessage({ id, reply } satisfies Answer),
    (error: Error) =>
      parentPort?.postMessage({
        id,
        reply: { kind: 'failed', message: error.stack ?? error.message },
      } satisfies Answer),
  );
});

await followed.follow(new AbortController().signal);
