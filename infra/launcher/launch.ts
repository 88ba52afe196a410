import { CannotStart } from './cannot-start.ts';
import { type Patience, usualPatience } from './child.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { restartPolicy, type RestartPolicy } from './kept-service.ts';
import { webPort } from './ports.ts';
import type { Output } from './service.ts';
import { planServices } from './services.ts';
import { type Environment, readSettings, type Settings } from './settings.ts';
import { adminToken, signInLink } from './sign-in.ts';
import { supervise } from './supervisor.ts';
import { type View, viewsShown } from './views-shown.ts';

export interface Launch {
  readonly environment: Environment;
  /** The folder that holds the programs to run: `embedded.js`, `api.js` and `worker.js`. */
  readonly programs: string;
  readonly output: Output;
  /** Asks for an orderly end. */
  readonly stop: AbortSignal;
  readonly policy?: RestartPolicy;
  readonly patience?: Patience;
}

/**
 * Runs the whole product until it is asked to stop. Resolves with the exit code once everything is stopped: 0 when it
 * was asked to, 1 after saying why it could not start or go on.
 */
export const launch = async (options: Launch): Promise<0 | 1> => {
  try {
    const settings = readSettings(options.environment);
    const folder = openDataFolder(settings.dataFolder);
    try {
      await run(options, settings, folder);
    } finally {
      folder.release();
    }
    options.output.say('Stopped.');
    return 0;
  } catch (error) {
    options.output.warn(explain(error));
    return 1;
  }
};

const run = async (options: Launch, asked: Settings, folder: DataFolder): Promise<void> => {
  const { output, stop, policy = restartPolicy, patience = usualPatience } = options;
  const settings = { ...asked, port: await webPort(asked.port) };
  const secret = settings.authSecret ?? folder.authSecret();
  const { stages, announcements } = await planServices(settings, secret, { ...options, patience });
  announcements.forEach((line) => output.say(line));
  const address = `http://127.0.0.1:${settings.port}`;
  const onReady = async () => {
    await viewsShown({ look: await lookAtViews(address, secret), say: (line) => output.say(line), stop });
    if (stop.aborted) return;
    output.say(`Funnel Ledger is ready: ${address}`);
    output.say(`Sign in: ${await signInLink(address, secret)}`);
    if (folder.isNew)
      output.say(
        'Empty so far: sign in, and it offers a made-up company to look around in (or: npx funnel demo seed).',
      );
  };
  stop.addEventListener('abort', () => output.say('Stopping …'));
  await supervise({ stages, policy, output, stop, onReady });
};

const lookAtViews = async (address: string, secret: string): Promise<() => Promise<readonly View[]>> => {
  const headers = { authorization: `Bearer ${await adminToken(secret)}` };
  return async () => {
    const response = await fetch(`${address}/api/views`, { headers });
    if (!response.ok) throw new Error(`the api answered ${response.status}`);
    const { items } = (await response.json()) as { items: readonly View[] };
    return items;
  };
};

/** What a person can act on is said as it is; anything else is a bug, and where it happened matters. */
const explain = (error: unknown): string => {
  if (error instanceof CannotStart) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
