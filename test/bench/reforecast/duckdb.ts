import { DuckDBInstance } from '@duckdb/node-api';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dueOf, instantOf, minorOf, ownerOf, ownWeightOf, stageOf, statusOf, type History } from '@funnel/forecasting';
import { answerKey, graceMs, horizonMs, question, type Answer } from './question.ts';

/** Instants that stand for "without a date" and "no next step". */
const never = 9e15;
const nothing = -1;
const rowsAtOnce = 20_000;

/** How deals stood after each event and until when: what our own pass finds in its columns, but for the end, told as well. */
function* csvOf(history: History): Generator<string> {
  const rows = history.rows();
  let lines: string[] = [];
  for (let deal = 0; deal < rows.first.length; deal += 1) {
    const end = rows.end[deal]!;
    for (let row = rows.first[deal]!; row < end; row += 1) {
      const until = row + 1 < end ? instantOf(rows, row + 1) : never;
      const due = Math.max(nothing, Math.min(never, dueOf(rows, row)));
      const standing = `${statusOf(rows, row)},${stageOf(rows, row)},${ownerOf(rows, row)},${minorOf(rows, row)},${due}`;
      lines.push(`${deal},${instantOf(rows, row)},${until},${standing},${ownWeightOf(rows, deal, row)}\n`);
    }
    if (lines.length < rowsAtOnce) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

const writeCsv = async (path: string, history: History): Promise<void> => {
  const file = createWriteStream(path);
  for (const text of csvOf(history)) if (!file.write(text)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
};

const types = {
  ...{ deal: 'INTEGER', since: 'BIGINT', until: 'BIGINT', status: 'UTINYINT', stage: 'UTINYINT', owner: 'USMALLINT' },
  ...{ minor: 'BIGINT', due: 'BIGINT', weight: 'SMALLINT' },
};

const tables = (history: History): string[] => {
  const ends = question.ends.map((end, period) => `(${period}, ${end}, ${end - graceMs}, ${end + horizonMs})`);
  const weights = history.stages.texts.map((stage, code) => `(${code}, ${question.weights[stage]})`);
  return [
    `CREATE TABLE ends AS SELECT * FROM (VALUES ${ends.join()}) AS t(period, instant, openIfDueAfter, horizon)`,
    `CREATE TABLE weights AS SELECT * FROM (VALUES ${weights.join()}) AS t(stage, weight)`,
  ];
};

/** The same question in SQL: what stood open at the ends, joined with what had been won by the horizon. */
const sql = `
  SELECT e.period, r.owner, count(*) AS count, sum(r.minor) AS amount,
    sum(CASE WHEN r.due <= e.openIfDueAfter THEN 0 WHEN r.weight >= 0 THEN r.minor * r.weight ELSE r.minor * w.weight END)
      AS forecast,
    coalesce(sum(won.minor), 0) AS realized
  FROM rows r
    JOIN ends e ON r.since <= e.instant AND e.instant < r.until
    JOIN weights w ON w.stage = r.stage
    LEFT JOIN rows won ON won.status = 1 AND won.deal = r.deal AND won.since <= e.horizon AND e.horizon < won.until
  WHERE r.status = 0
  GROUP BY e.period, r.owner`;

export interface Asked {
  ask(): Promise<Answer>;
  close(): void;
}

/** A database that holds the rows of a history, asked on both cores. */
export const duckDbWith = async (history: History): Promise<Asked> => {
  const folder = await mkdtemp(join(tmpdir(), 'funnel-bench-duckdb-'));
  const path = join(folder, 'rows.csv');
  await writeCsv(path, history);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const columns = Object.entries(types).map(([name, type]) => `'${name}': '${type}'`);
  await connection.run(`CREATE TABLE rows AS FROM read_csv('${path}', header = false, columns = {${columns.join()}})`);
  await rm(folder, { recursive: true });
  for (const statement of tables(history)) await connection.run(statement);
  const owners = history.owners.texts;
  return {
    ask: async () => {
      const found = await connection.runAndReadAll(sql);
      return new Map(
        found.getRowsJS().map(([period, owner, count, amount, forecast, realized]) => [
          answerKey(Number(period), owners[Number(owner)] ?? null),
          {
            ...{ count: Number(count), amount: amount as bigint },
            ...{ forecast: BigInt(forecast as bigint), realized: realized as bigint },
          },
        ]),
      );
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};
