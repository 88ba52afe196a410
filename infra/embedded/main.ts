import { Command, InvalidArgumentError } from 'commander';
import { backUp, startEventStore } from './eventstore/index.ts';
import { limitYoungSpace } from './young-space.ts';

interface Running {
  port: number;
  close(): Promise<void>;
}

const port = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return value;
};

const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

/** If it cannot be done, says why in one line. */
const attempt = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${(error as Error).message.replaceAll('\n', ' ')}\n`);
    process.exit(1);
  }
};

/** Runs a server until the process is told to stop. Says in one line that it is ready. */
const run = (server: string, start: () => Promise<Running>): Promise<void> =>
  attempt(async () => {
    const running = await start();
    say({ event: 'ready', server, port: running.port });
    const stop = (): void => void running.close().then(() => process.exit(0));
    process.once('SIGTERM', stop).once('SIGINT', stop);
  });

const program = new Command('funnel-embedded').description(
  'Servers that speak the protocols of EventStoreDB and MongoDB, for one machine.',
);

program
  .command('eventstore')
  .description('The EventStoreDB protocol on SQLite: durable.')
  .requiredOption('--port <number>', 'where to listen, 0 for a free port', port)
  .requiredOption('--data <folder>', 'where to keep the event log')
  .option('--host <address>', 'which address to listen on', '127.0.0.1')
  .action(({ port, data, host }: { port: number; data: string; host: string }) => {
    limitYoungSpace();
    return run('eventstore', () => startEventStore({ port, dataFolder: data, host }));
  });

program
  .command('backup')
  .description('Copies an event log into a new folder, also while the server runs. To restore, start on the copy.')
  .requiredOption('--data <folder>', 'where the event log is kept')
  .requiredOption('--to <folder>', 'the folder to create')
  .action(({ data, to }: { data: string; to: string }) =>
    attempt(async () => say({ event: 'backed-up', to, position: await backUp({ dataFolder: data, to }) })),
  );

program
  .command('mongo')
  .description('The MongoDB protocol in memory: everything in it can be built again.')
  .requiredOption('--port <number>', 'where to listen, 0 for a free port', port)
  .option('--host <address>', 'which address to listen on', '127.0.0.1')
  .action(({ port, host }: { port: number; host: string }) =>
    run('mongo', async () => (await import('./mongo/index.ts')).startMongo({ port, host })),
  );

await program.parseAsync();
