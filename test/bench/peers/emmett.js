/**
 * The same commands with emmett, without HTTP: load, decide, append. On SQLite, and on PostgreSQL where
 * BENCH_POSTGRES_URL names a database. Arguments: deals, events before, rounds. Prints the rows of the table as JSON.
 */
import { CommandHandler } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { getSQLiteEventStore, sqliteConnection } from '@event-driven-io/emmett-sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [deals, eventsBefore, rounds] = process.argv.slice(2).map(Number);
const handle = CommandHandler({
  evolve: (state, { data }) => ({ contacts: state.contacts + 1, last: data.note }),
  initialState: () => ({ contacts: 0, last: '' }),
});
const contact = (dealId, note) => ({ type: 'ContactLogged', data: { dealId, kind: 'visit', note } });

const inFlight = async (count, ids, work) => {
  const queue = ids.values();
  const hand = async () => {
    for (const id of queue) await work(id);
  };
  await Promise.all(Array.from({ length: count }, hand));
};
const quantile = (values, share) => values.sort((a, b) => a - b)[Math.ceil(share * values.length) - 1];

const measure = async (store, prefix, hands) => {
  const ids = Array.from({ length: deals }, (_, index) => `${prefix}-${index}`);
  const before = Array.from({ length: eventsBefore }, (_, event) => contact('d', `call ${event}`));
  // One connection: what is not measured is done one by one, so that nothing stands in the way of anything.
  for (const id of ids) await store.appendToStream(id, before);
  const latencies = [];
  let failed = 0;
  const started = performance.now();
  await inFlight(hands, ids, async (id) => {
    const sent = performance.now();
    try {
      await handle(store, id, (state) => contact(id, `measured ${state.contacts}`));
    } catch {
      failed += 1;
    }
    latencies.push(performance.now() - sent);
  });
  return { perSecond: deals / ((performance.now() - started) / 1_000), latencies, failed };
};

const rowsFor = async (name, store) => {
  const runs = { 1: [], 32: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const hands of [1, 32]) runs[hands].push(await measure(store, `r${round}h${hands}`, hands));
  }
  return [1, 32].map((hands) => {
    const latencies = runs[hands].flatMap((run) => run.latencies);
    const perSecond = quantile(
      runs[hands].map((run) => run.perSecond),
      0.5,
    );
    const failed = runs[hands].reduce((sum, run) => sum + run.failed, 0);
    return [
      name,
      hands,
      Math.round(perSecond),
      quantile(latencies, 0.5).toFixed(2),
      quantile(latencies, 0.99).toFixed(2),
      failed,
    ];
  });
};

const rows = [];
const folder = mkdtempSync(join(tmpdir(), 'emmett-'));
const fileName = join(folder, 'events.db');
// One connection: with one for each operation most of them fail, the file being locked.
const connection = sqliteConnection({ fileName });
const sqlite = getSQLiteEventStore({
  fileName,
  connectionOptions: { singleton: true, connection },
  schema: { autoMigration: 'CreateOrUpdate' },
});
rows.push(...(await rowsFor('emmett on SQLite', sqlite)));
rmSync(folder, { recursive: true });
const url = process.env.BENCH_POSTGRES_URL;
if (url) {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  rows.push(...(await rowsFor('emmett on PostgreSQL', store)));
  await store.close();
}
process.stdout.write(`\n${JSON.stringify(rows)}\n`);
process.exit(0);
