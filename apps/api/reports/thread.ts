/** A thread of its own, so that a report over all deals keeps no other request waiting. */
import { connectReadStore } from '@funnel/read-store';
import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../threads/answering.ts';
import { answer, answersFrom } from './answer.ts';
import type { Question, Reply, ThreadSettings } from './conversation.ts';
import { HeldViews } from './held-views.ts';

const settings = workerData as ThreadSettings;
const store = await connectReadStore({ url: settings.readStoreUrl });
const views = new HeldViews(store);
const answers = answersFrom(views, settings);
answerQuestions<Question, Reply>({ answer: (question) => answer(answers, question) });

/** Now and then, so that there is little to read when somebody asks. What fails now is tried again then. */
const refreshEveryMs = 5_000;
for (;;) {
  await views.refresh().catch(() => undefined);
  await pause(refreshEveryMs);
}
