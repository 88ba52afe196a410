import { createApi, type Api } from './create-api.ts';
import { readSettings } from './settings.ts';

/** Stops when told to, and when the process that started this one is gone. */
const stopWith = (api: Api): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    api.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop).on('disconnect', stop);
};

const fail = (error: unknown): never => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${JSON.stringify({ level: 'fatal', program: 'api', message })}\n`);
  process.exit(1);
};

try {
  const api = await createApi(readSettings(process.env));
  stopWith(api);
  process.stdout.write(`${JSON.stringify({ event: 'ready', program: 'api', port: api.port })}\n`);
} catch (error) {
  fail(error);
}
