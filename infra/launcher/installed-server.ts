import { ServerUnavailable } from '@funnel/embedded/programs';
import { CannotStart } from './cannot-start.ts';
import type { Output, Service } from './service.ts';

interface Started {
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface InstalledServer {
  readonly name: string;
  readonly output: Output;
  readonly start: (options: { onMessage: (message: string) => void; signal: AbortSignal }) => Promise<Started>;
}

/** A server program of this machine as a service. */
export const installedServer = ({ name, output, start }: InstalledServer): Service => ({
  name,
  launch: () => {
    const giveUp = new AbortController();
    const onMessage = (message: string) => output.say(`[${name}] ${message}`);
    const started = start({ onMessage, signal: giveUp.signal });
    return {
      ready: started.then(() => undefined, explain),
      ended: started.then(
        (running) => running.ended,
        () => 'a failed start',
      ),
      stop: async () => {
        giveUp.abort();
        await started.then(
          (running) => running.close(),
          () => undefined,
        );
      },
    };
  },
});

const explain = (error: unknown): never => {
  throw error instanceof ServerUnavailable ? new CannotStart(error.message, { cause: error }) : error;
};
