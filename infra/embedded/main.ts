import { Command, InvalidArgumentError } from 'commander';
import { startEventStore } from './eventstore/index.ts';

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

/** Runs a server until the process is told to stop. Says in one line that it is ready, or why it is not. */
const run = async (server: string, start: () => Promise<Running>): Promise<void> => {
  try {
    const running = await start();
    process.stdout.write(`${JSON.stringify({ event: 'ready', server, port: running.port })}\n`);
    const stop = (): void => void running.close().then(() => process.exit(0));
    process.once('SIGTERM', stop).once('SIGINT', stop);
  } catch (error) {
    process.stderr.write(`${(error as Error).message.replaceAll('\n', ' ')}\n`);
    process.exit(1);
  }
};

const program = new Command('funnel-embedded').description(
  'Servers that speak the protocols of EventStoreDB and MongoDB, for one machine.',
);

program
  .command('eventstore')
  .description('The EventStoreDB protocol on SQLite: durable.')
  .requiredOption('--port <number>', 'where to listen, 0 for a free port', port)
  .requiredOption('--data <folder>', 'where to keep the event log')
  .option('--host <address>', 'which address to listen on', '127.0.0.1')
  .action(({ port, data, host }: { port: number; data: string; host: string }) =>
    run('eventstore', () => startEventStore({ port, dataFolder: data, host })),
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
