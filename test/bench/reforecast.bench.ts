/**
 * (f) Re-forecasting a long history: 36 month ends by owner, beside a plain sum of the same packed columns, a fold of parsed
 * JSON and DuckDB; what it costs to keep the columns up, to start from them, and to have them beside other requests. Facts are
 * made up. Arguments: deals, rounds.
 */
import {
  countTogether,
  mostWaiting,
  reforecast,
  takenAtOnce,
  type History,
  type ReforecastRequest,
} from '@funnel/forecasting';
import { dayMs } from '@funnel/kernel';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keepColumns, readColumns } from '../../apps/api/forecasting/kept-columns.ts';
import { PartnerThread } from '../../apps/api/forecasting/partner.ts';
import { interleaved, median, peakMemory, printTable, quantile, round, seconds } from './figures.ts';
import { waitsBeside, type Waits } from './reforecast/busy-product.ts';
import { duckDbWith } from './reforecast/duckdb.ts';
import { filledHistory } from './reforecast/filled-history.ts';
import { foldOf, jsonLines } from './reforecast/json-fold.ts';
import { eventsEach } from './reforecast/made-up-deals.ts';
import { packedColumns, plainSum } from './reforecast/plain-sum.ts';
import { answerOf, funnelIn, mustAgree, question } from './reforecast/question.ts';
import { upkeepOf } from './reforecast/upkeep.ts';

const deals = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 5);
/** Of the deals, so many are folded from JSON, and the time is multiplied: all of them would fill the memory. */
const jsonPart = 20;
/** Other weights are asked for so often in a row, as by somebody who moves a slider: one answer is too short to time. */
const slides = 20;

/** Every question is a new one: nothing that was kept answers it. */
class NewQuestions {
  #asked = 0;

  /** Other weights: the cube answers. */
  weights(): ReforecastRequest {
    return { ...question, weights: { ...question.weights, s0: (this.#asked += 1) } };
  }

  /** Weights by ages that were not asked for before: segments answer. */
  ages(): ReforecastRequest {
    const fromDays = 10 + (this.#asked += 1) / 1_000;
    const ages = { s1: [{ fromDays, weight: 900 }], s3: [{ fromDays, weight: 5_000 }] };
    return { ...question, ageWeights: ages };
  }

  /** Another horizon: rows answer, and which of them held at these period ends is known. */
  rules(): ReforecastRequest {
    return { ...question, horizonDays: 90 + (this.#asked += 1) };
  }

  /** By stage in place of owner, as above. */
  grouping(): ReforecastRequest {
    return { ...this.rules(), by: 'stage' };
  }

  /** Other period ends, each as many days before: rows answer, and nothing is known of them. */
  periodEnds(): ReforecastRequest {
    const days = 1 + ((this.#asked += 1) % 27);
    return { ...question, ends: question.ends.map((end) => end - days * dayMs) };
  }
}

/** Answers what the plain sum takes, in nanoseconds a row. */
const passes = async (history: History): Promise<number> => {
  const funnel = funnelIn(history);
  const ask = (request: ReforecastRequest) => void reforecast(history, funnel, request);
  const partner = new PartnerThread(new URL('../forecaster-partner.js', import.meta.url), console.error);
  const askTogether = (request: ReforecastRequest) => {
    countTogether(history, funnel, { question: request, partner });
    ask(request);
  };
  const anew = new NewQuestions();
  // By the time of the next one, the partner has begun.
  askTogether(anew.rules());
  const alone = answerOf(reforecast(history, funnel, question));
  await pause(1_000);
  // What was counted of these rows is forgotten.
  history.compact();
  countTogether(history, funnel, { question, partner });
  mustAgree('two threads', answerOf(reforecast(history, funnel, question)), alone);
  const otherwise = { ...question, horizonDays: 30 };
  const known = answerOf(reforecast(history, funnel, otherwise));
  history.compact();
  mustAgree('another horizon', known, answerOf(reforecast(history, funnel, otherwise)));
  const columns = packedColumns(history);
  const sample = jsonLines(deals / jsonPart);
  mustAgree('JSON', foldOf(sample), answerOf(reforecast(filledHistory(deals / jsonPart), funnel, question)));
  const duckDb = await duckDbWith(history);
  mustAgree('DuckDB', await duckDb.ask(), answerOf(reforecast(history, funnel, question)));
  let checksum = 0;
  // What is kept of a question is at hand for the one like it that comes next: of some, only that one is timed.
  const took = await interleaved(rounds + 1, {
    plainSum: () => seconds(async () => (checksum += plainSum(columns))),
    cube: async () => {
      ask(anew.weights());
      const all = await seconds(async () => {
        for (let slide = 0; slide < slides; slide += 1) ask(anew.weights());
      });
      return all / slides;
    },
    segments: () => {
      ask(anew.ages());
      return seconds(async () => ask(anew.ages()));
    },
    ends: () => seconds(async () => ask(anew.periodEnds())),
    endsByTwo: () => seconds(async () => askTogether(anew.periodEnds())),
    rows: () => {
      ask(anew.rules());
      return seconds(async () => ask(anew.rules()));
    },
    rowsByTwo: () => seconds(async () => askTogether(anew.rules())),
    grouping: () => seconds(async () => ask(anew.grouping())),
    groupingByTwo: () => seconds(async () => askTogether(anew.grouping())),
    json: async () => jsonPart * (await seconds(async () => (checksum += foldOf(sample).size))),
    duckDb: () => seconds(duckDb.ask),
  });
  duckDb.close();
  await partner.end();
  if (Number.isNaN(checksum)) throw new Error('a sum is no number');
  // In the first round, nothing is compiled yet.
  const ms = (name: keyof typeof took) => median(took[name].slice(1)) * 1_000;
  const row = (what: string, name: keyof typeof took) => [
    ...[what, round(ms(name), 2)],
    ...(['plainSum', 'rows', 'rowsByTwo'] as const).map((other) => round(ms(name) / ms(other), 2)),
  ];
  printTable(
    [
      `36 month ends × owners of ${round(deals)} deals, ${round(deals * eventsEach)} events`,
      'ms',
      '÷ sum',
      '÷ rows',
      '÷ on two',
    ],
    [
      row('plain sum of the columns', 'plainSum'),
      row('cube: other weights', 'cube'),
      row('segments: weights by other ages', 'segments'),
      row('rows: another horizon', 'rows'),
      row('rows: another horizon, on two threads', 'rowsByTwo'),
      row('rows: by stage in place of owner', 'grouping'),
      row('rows: by stage, on two threads', 'groupingByTwo'),
      row('rows: other period ends', 'ends'),
      row('rows: other period ends, on two threads', 'endsByTwo'),
      row(`fold of parsed JSON (a ${jsonPart}th, multiplied)`, 'json'),
      row('DuckDB, on the rows and two threads', 'duckDb'),
    ],
  );
  return (ms('plainSum') * 1e6) / history.rowCount;
};

const startFrom = async (history: History): Promise<number> => {
  const path = join(tmpdir(), `funnel-bench-history-${process.pid}`);
  await keepColumns(path, history, { position: '0', unreadableEvents: 0, last: { stream: '', revision: 0, id: '' } });
  const took = await interleaved(rounds, { read: () => seconds(() => readColumns(path)) });
  await rm(path);
  return median(took.read);
};

const printWaits = ({ firstAnswer, idle, busy, reforecasts, memory }: Waits): void => {
  const shown = (latencies: Waits['idle'], share: number) =>
    round(median(latencies.map((some) => quantile(some, share))), 2);
  printTable(
    ['the product on these columns', 'p50 ms', 'p99 ms'],
    [
      ['other routes, idle', shown(idle, 0.5), shown(idle, 0.99)],
      ['other routes, beside re-forecasts', shown(busy, 0.5), shown(busy, 0.99)],
      ['re-forecasts', ...[0.5, 0.99].map((share) => round(quantile(reforecasts, share) * 1_000))],
    ],
  );
  console.log(`first answer ${round(firstAnswer, 1)} s after its start; the API takes up to ${round(memory)} MiB`);
};

const history = filledHistory(deals);
reforecast(history, funnelIn(history), question);
console.log(`${round(history.rowCount)} rows, filled and asked in ${round(peakMemory(process.pid))} MiB at most`);
const summing = await passes(history);
console.log(`read from the file in ${round(await startFrom(history), 2)} s`);
printWaits(await waitsBeside(history, rounds));
const { unasked, asked, afterthoughts } = upkeepOf(history, deals);
const upkeep = (what: string, { decoding, row, meanRow }: typeof unasked) => [
  what,
  ...[decoding, row, meanRow, row / summing].map((cost) => round(cost)),
];
printTable(
  [
    'upkeep, ns an event',
    'decoded: names to codes',
    'from there to its row in the columns',
    'mean, compacting included',
    'row ÷ one of the plain sum',
  ],
  [
    upkeep(`new deals, ${round(mostWaiting)} events at a time`, unasked),
    upkeep(`new deals, asked for after each ${takenAtOnce}`, asked),
    upkeep(`deals closed long ago, after each ${takenAtOnce}`, afterthoughts),
  ],
);
