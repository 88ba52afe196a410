import { parentPort } from 'node:worker_threads';
import { farewell, type Failure, type Letter, type Note } from './letters.ts';

export interface Answering<Question, Answer> {
  answer(question: Question): Promise<Answer>;
  /** Keeps what must not be lost before the thread ends. */
  end?(): Promise<void>;
}

/** Tells the log of the API. */
export const note = (text: string): void => parentPort?.postMessage({ note: text } satisfies Note);

/** Answers the questions that this thread is asked, as they come. */
export const answerQuestions = <Question, Answer>({ answer, end }: Answering<Question, Answer>): void => {
  parentPort?.on('message', (said: Letter<Question> | typeof farewell) => {
    if (said === farewell) return void (end?.() ?? Promise.resolve()).finally(() => process.exit());
    const { id, content } = said;
    answer(content).then(
      (found) => parentPort?.postMessage({ id, content: found } satisfies Letter<Answer>),
      (error: Error) => parentPort?.postMessage({ id, failed: error.stack ?? error.message } satisfies Failure),
    );
  });
};
