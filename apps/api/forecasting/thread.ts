/** A thread of its own, so that a forecast over years of history keeps no other request waiting. */
import { auditEvents } from '@funnel/audit';
import { connectEventStore } from '@funnel/event-store';
import { salesEvents } from '@funnel/sales';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { answerQuestions, note } from '../threads/answering.ts';
import { giveWay } from '../threads/give-way.ts';
import { untilQuiet } from '../threads/quiet.ts';
import { answer } from './answer.ts';
import type { Question, Reply, ThreadSettings } from './conversation.ts';
import { KeptHistory } from './kept-history.ts';
import { PartnerThread } from './partner.ts';

const { eventStoreUrl, historyFile } = workerData as ThreadSettings;
// Roots in the log change no forecast, but they are no riddle either.
const store = connectEventStore({ url: eventStoreUrl }, { ...salesEvents, ...auditEvents });
const kept = new KeptHistory({ store, path: historyFile, note });
// A partner that is begun from here on has the same priority.
giveWay();
/** Of two cores, the other one is for everybody else's requests. */
const coresForTwo = 3;
const partner =
  availableParallelism() < coresForTwo
    ? undefined
    : // Built beside this one.
      new PartnerThread(new URL('forecaster-partner.js', import.meta.url), note);

answerQuestions<Question, Reply>({
  answer: (question) => answer({ kept, partner }, question),
  end: () => kept.keep({ evenIfLittle: true }),
});

/** Now and then, so that there is little to read when somebody asks. What fails now is tried again then. */
const catchUpEveryMs = 5_000;
for (;;) {
  await kept.catchUp().then(
    () => kept.keep(),
    () => undefined,
  );
  await pause(catchUpEveryMs);
  await untilQuiet();
}
