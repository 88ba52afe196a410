import type { EventStore, Fact, FactsAppended } from '@funnel/event-store';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FactWriter } from './fact-writer.ts';
import { newJob } from './import-job.ts';

const row = { file: 'deals.csv', line: 2, field: 'deal', value: 'D1' };
const facts = (count: number): Fact[] => Array.from({ length: count }, () => ({}) as Fact);
const job = () => newJob({ onError: 'stop' } as never);

/** A store that answers nobody until it is told to. */
const slowStore = () => {
  const waiting: (() => void)[] = [];
  let asked = 0;
  const appendFacts: EventStore['appendFacts'] = async (_, { length }) => {
    asked++;
    await new Promise<void>((resolve) => waiting.push(resolve));
    const answer: FactsAppended = { written: length, known: 0, position: { commit: 1n, prepare: 1n } };
    return answer;
  };
  return { appendFacts, asked: () => asked, answer: () => waiting.shift()?.() };
};

it('waits for the store however few deals the facts are of, and writes the appends of one deal one after the other', async () => {
  const store = slowStore();
  const counts = job();
  const writer = new FactWriter(store, counts, () => {});
  let added = 0;
  const adding = (async () => {
    for (; added < 100; added++) await writer.add('D1', facts(4_001), row);
  })();
  await nextTurn();
  expect(store.asked()).toBe(1);
  expect(added).toBeLessThan(100);
  let isFinished = false;
  const finished = adding.then(() => writer.finish()).then(() => (isFinished = true));
  while (!isFinished) {
    store.answer();
    await nextTurn();
  }
  await finished;
  expect(counts.eventsWritten).toBe(100 * 4_001);
  expect(store.asked()).toBe(100);
});
