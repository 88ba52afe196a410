import { pino } from 'pino';
import { AskedThread } from './asked-thread.ts';

/** Doubles numbers; dies of 13, and refuses what is below 0. */
const program = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (said) => {
    if (said === 'farewell' || said.content === 13) process.exit();
    else if (said.content < 0) parentPort.postMessage({ id: said.id, failed: 'below nothing' });
    else setTimeout(() => parentPort.postMessage({ id: said.id, content: 2 * said.content }), said.content);
  });`;

const doubler = () =>
  new AskedThread<number, number>({
    name: 'doubler',
    program: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    workerData: {},
    logger: pino({ level: 'silent' }),
  });

describe('a thread that is asked', () => {
  it('answers each question, whichever is done first', async () => {
    const thread = doubler();
    expect(await Promise.all([40, 1, 20].map((number) => thread.ask(number)))).toEqual([80, 2, 40]);
    await thread.end();
  });

  it('says what went wrong with one question, and answers the others', async () => {
    const thread = doubler();
    await expect(thread.ask(-1)).rejects.toThrow('the doubler failed: below nothing');
    expect(await thread.ask(3)).toBe(6);
    await thread.end();
  });

  it('that dies fails what it was asked, and is begun anew by the next question', async () => {
    const thread = doubler();
    await expect(Promise.all([thread.ask(10_000), thread.ask(13)])).rejects.toThrow('the doubler ended');
    expect(thread.isRunning).toBe(false);
    expect(await thread.ask(2)).toBe(4);
    await thread.end();
  });
});
