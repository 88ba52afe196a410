/**
 * The same commands with emmett, without HTTP: load, decide, append. On SQLite, and on PostgreSQL where
 * BENCH_POSTGRES_URL names a database. Arguments: deals, events before, how many in flight (one or several). Prints the runs
 * as JSON.
 */
import { CommandHandler } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { getSQLiteEventStore, sqliteConnection } from '@event-driven-io/emmett-sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [deals, eventsBefore, ...handsTried] = process.argv.slice(2).map(Number);
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

/** One after the other, however many are asked for at once. */
const inTurn = (work) => {
  let last = Promise.resolve();
  return (id) => (last = last.then(() => work(id)));
};

const measure = async (store, prefix, { hands, order = (work) => work }) => {
  const ids = Array.from({ length: deals }, (_, index) => `${prefix}-${index}`);
  const before = Array.from({ length: eventsBefore }, (_, event) => contact('d', `call ${event}`));
  // One connection: what is not measured is done one by one, so that nothing stands in the way of anything.
  for (const id of ids) await store.appendToStream(id, before);
  const latencies = [];
  let failed = 0;
  const started = performance.now();
  const command = order(async (id) => {
    try {
      await handle(store, id, (state) => contact(id, `measured ${state.contacts}`));
    } catch {
      failed += 1;
    }
  });
  await inFlight(hands, ids, async (id) => {
    const sent = performance.now();
    await command(id);
    latencies.push(performance.now() - sent);
  });
  return { perSecond: deals / ((performance.now() - started) / 1_000), latencies, failed };
};

const runsOf = async (name, store) => {
  const runs = [];
  // The process that asks may have asked before: the names are new each time.
  for (const hands of handsTried)
    runs.push({ name, hands, ...(await measure(store, `p${process.pid}h${hands}`, { hands })) });
  return runs;
};

const runs = [];
const folder = mkdtempSync(join(tmpdir(), 'emmett-'));
const fileName = join(folder, 'events.db');
// One connection: with one for each operation most of them fail, the file being locked.
const connection = sqliteConnection({ fileName });
const sqlite = getSQLiteEventStore({
  fileName,
  connectionOptions: { singleton: true, connection },
  schema: { autoMigration: 'CreateOrUpdate' },
});
runs.push(...(await runsOf('emmett on SQLite', sqlite)));
// Several commands at once on the one connection nest their transactions, and the inner ones are answered before the outer
// is committed. What it does when each answer means "on disk", as ours does, is told beside it.
const severalHands = Math.max(...handsTried);
const durable = await measure(sqlite, `p${process.pid}t`, { hands: severalHands, order: inTurn });
runs.push({ name: 'emmett on SQLite, each committed', hands: severalHands, ...durable });
rmSync(folder, { recursive: true });
const url = process.env.BENCH_POSTGRES_URL;
if (url) {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  runs.push(...(await runsOf('emmett on PostgreSQL', store)));
  await store.close();
}
// Its connections would keep the process; a pipe must have taken everything first.
process.stdout.write(`\n${JSON.stringify(runs)}\n`, () => process.exit(0));
