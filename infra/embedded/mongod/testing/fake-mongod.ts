/**
 * Plays `mongod`: takes its options, locks its folder, logs and ends as the real one does, and answers with the embedded
 * server. `PLAY_FAILING=true` makes it refuse to start, `PLAY_VERSION` is its version.
 */
import { startMongo } from '../../mongo/index.ts';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const { values } = parseArgs({
  options: { version: flag, quiet: flag, nounixsocket: flag, bind_ip: text, port: text, dbpath: text, logpath: text },
});

if (values.version) {
  console.log(`db version v${process.env['PLAY_VERSION']}\nBuild Info: {}`);
  process.exit(0);
}
const { bind_ip: host = '', port = '', dbpath = '', logpath = '' } = values;
const log = (s: string, msg: string, attr = {}) =>
  appendFileSync(logpath, `${JSON.stringify({ s, c: 'CONTROL', msg, attr })}\n`);
log('I', 'Build Info');
if (process.env['PLAY_FAILING'] === 'true') {
  log('F', 'Wrong mongod version', { error: { code: 20, errmsg: 'UPGRADE PROBLEM: found an invalid version' } });
  process.exit(62);
}
const lock = join(dbpath, 'mongod.lock');
writeFileSync(lock, `${process.pid}\n`);
const server = await startMongo({ port: Number(port), host });
process.once('SIGTERM', () => {
  log('I', 'Shutting down');
  void server.close().then(() => {
    writeFileSync(lock, '');
    process.exit(0);
  });
});
