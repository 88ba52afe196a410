/** `npm start`: the programs lie beside this one in `dist/`. */
import { launch } from './launch.ts';

const stop = new AbortController();
// Said twice, as a terminal and npm both do on Ctrl-C, it is still an orderly stop.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
// A reader that goes away, as in `npm start | head`, must not break off the stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exit(
  await launch({
    environment: process.env,
    programs: import.meta.dirname,
    output: { say: (line) => console.log(line), warn: (line) => console.error(line) },
    stop: stop.signal,
  }),
);
