import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';
import { child, type Patience } from './child.ts';
import { chooseServers } from './servers.ts';
import type { Output, Service } from './service.ts';
import type { Environment, Settings } from './settings.ts';

export interface Surroundings {
  /** Holds `embedded.js`, `api.js` and `worker.js`. */
  readonly programs: string;
  readonly environment: Environment;
  readonly output: Output;
  readonly patience: Patience;
}

/** The servers and programs of one start, in stages, and what to say about them. */
export interface Plan {
  readonly stages: readonly (readonly Service[])[];
  readonly announcements: readonly string[];
}

export const planServices = async (settings: Settings, secret: string, around: Surroundings): Promise<Plan> => {
  const embedded = (name: string, args: readonly string[]) =>
    child({ ...around, name, file: existing(around.programs, 'embedded'), args: [name, ...args] });
  const servers = await chooseServers(settings, { ...around, embedded });
  const urls = Object.fromEntries(servers.map(({ setting, url }) => [setting, url]));
  const environment = { ...around.environment, ...urls, AUTH_SECRET: secret, FUNNEL_DATA: settings.dataFolder };
  const program = (name: string, own: Environment) =>
    child({ ...around, name, file: existing(around.programs, name), environment: { ...environment, ...own } });
  return {
    stages: [
      servers.flatMap(({ service }) => service?.() ?? []),
      // The web port is the api's alone.
      [program('api', { PORT: String(settings.port) }), program('worker', { PORT: undefined })],
    ],
    announcements: servers.map(({ announcement }) => announcement),
  };
};

const existing = (folder: string, name: string): string => {
  const file = join(folder, `${name}.js`);
  if (existsSync(file)) return file;
  throw new CannotStart(`${file} is missing: build the programs first, with npm run build.`);
};
