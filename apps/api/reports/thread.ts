/** A thread of its own, so that a report over all deals keeps no other request waiting. */
import { connectReadStore } from '@funnel/read-store';
import { setTimeout as pause } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../threads/answering.ts';
import { untilQuiet } from '../threads/quiet.ts';
import { answerFrom } from './answer.ts';
import type { Question, Reply, ThreadSettings } from './conversation.ts';
import { HeldViews } from './held-views.ts';
import { KeptAnswers } from './kept-answers.ts';

const settings = workerData as ThreadSettings;
const views = new HeldViews(await connectReadStore({ url: settings.readStoreUrl }));
answerQuestions<Question, Reply>({ answer: answerFrom({ views, answers: new KeptAnswers(), settings }) });

/** Now and then, so that there is little to read when somebody asks. What fails now is tried again then. */
const refreshEveryMs = 5_000;
/** While views are built, much is new each time: fetching it must not slow the building. */
const restPerRefresh = 20;
for (;;) {
  const began = performance.now();
  await views.rows().catch(() => undefined);
  await pause(Math.max(refreshEveryMs, restPerRefresh * (performance.now() - began)));
  await untilQuiet();
}
