import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';
import { child, type Patience } from './child.ts';
import { freePorts } from './ports.ts';
import { redis } from './redis.ts';
import type { Output, Service } from './service.ts';
import { type Environment, type Settings, withoutPassword } from './settings.ts';

export interface Surroundings {
  /** Holds `embedded.js`, `api.js` and `worker.js`. */
  readonly programs: string;
  readonly environment: Environment;
  readonly output: Output;
  readonly patience: Patience;
}

/** A server that is embedded unless its URL is given. */
interface Server {
  readonly title: string;
  readonly setting: string;
  readonly given: string | undefined;
  /** Where the embedded one listens: chosen once, so that it still holds after a restart. */
  readonly url: string;
  readonly embedded: () => Service;
}

/** The servers and programs of one start, in stages, and what to say about them. */
export interface Plan {
  readonly stages: readonly (readonly Service[])[];
  readonly announcements: readonly string[];
}

export const planServices = async (settings: Settings, secret: string, around: Surroundings): Promise<Plan> => {
  const servers = describeServers(settings, around, await freePorts(3));
  const urls = Object.fromEntries(servers.map(({ setting, given, url }) => [setting, given ?? url]));
  const environment = { ...around.environment, ...urls, AUTH_SECRET: secret, FUNNEL_DATA: settings.dataFolder };
  const program = (name: string, settings: Environment) =>
    child({ ...around, name, file: existing(around.programs, name), environment: { ...environment, ...settings } });
  return {
    stages: [
      servers.filter(({ given }) => !given).map(({ embedded }) => embedded()),
      // The web port is the api's alone.
      [program('api', { PORT: String(settings.port) }), program('worker', { PORT: undefined })],
    ],
    announcements: servers.map(({ title, given }) => `${title}: ${given ? withoutPassword(given) : 'embedded'}`),
  };
};

const describeServers = (settings: Settings, around: Surroundings, ports: readonly number[]): Server[] => {
  const [eventStorePort = 0, mongoPort = 0, redisPort = 0] = ports;
  const embedded = (name: string, args: readonly string[]) =>
    child({ ...around, name, file: existing(around.programs, 'embedded'), args: [name, ...args] });
  return [
    {
      title: 'Event store',
      setting: 'EVENTSTORE_URL',
      given: settings.eventStoreUrl,
      url: `esdb://127.0.0.1:${eventStorePort}?tls=false`,
      embedded: () =>
        embedded('eventstore', ['--port', `${eventStorePort}`, '--data', join(settings.dataFolder, 'eventstore')]),
    },
    {
      title: 'MongoDB',
      setting: 'MONGODB_URL',
      given: settings.mongoUrl,
      url: `mongodb://127.0.0.1:${mongoPort}/funnel?directConnection=true`,
      embedded: () => embedded('mongo', ['--port', `${mongoPort}`]),
    },
    {
      title: 'Redis',
      setting: 'REDIS_URL',
      given: settings.redisUrl,
      url: `redis://127.0.0.1:${redisPort}`,
      embedded: () => redis(redisPort, settings.dataFolder, around.output),
    },
  ];
};

const existing = (folder: string, name: string): string => {
  const file = join(folder, `${name}.js`);
  if (existsSync(file)) return file;
  throw new CannotStart(`${file} is missing: build the programs first, with npm run build.`);
};
