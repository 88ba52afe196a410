import type { SignedRoot } from '@funnel/audit';
import type { ReadStore } from '@funnel/read-store';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '../problems/problem-error.ts';

interface Answer {
  readonly wish: string;
  readonly root?: SignedRoot | null;
  readonly fault?: string | null;
}

const waitMs = 30_000;
const lookEveryMs = 200;

/** Asks the worker, which alone holds the key, for a root; `null` where there is nothing to sign. @throws {ProblemError} */
export const askForRoot = async (views: ReadStore, signal: AbortSignal): Promise<SignedRoot | null> => {
  const notes = views.documents<Answer>('audit');
  const wish = randomUUID();
  await notes.put('wish', { wish });
  for (const deadline = performance.now() + waitMs; performance.now() < deadline && !signal.aborted;) {
    await pause(lookEveryMs);
    const answer = await notes.get('answer');
    if (answer?.wish !== wish) continue;
    if (answer.fault) throw new ProblemError('log-contradicts-roots', `No root was signed: ${answer.fault}.`);
    return answer.root ?? null;
  }
  throw new ProblemError('unavailable', 'No worker with the role "audit" has answered; try again later.');
};
