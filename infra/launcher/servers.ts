import { findMongod, startMongod } from '@funnel/embedded/mongod';
import { ServerUnavailable } from '@funnel/embedded/programs';
import { startRedis } from '@funnel/embedded/redis';
import { join } from 'node:path';
import { installedServer } from './installed-server.ts';
import { freePorts } from './ports.ts';
import type { Output, Service } from './service.ts';
import { type Environment, type Settings, withoutPassword } from './settings.ts';

/** One of the three servers that the product stands on. */
export interface Server {
  readonly setting: 'EVENTSTORE_URL' | 'MONGODB_URL' | 'REDIS_URL';
  /** For the programs. Chosen once, so that it still holds after a restart. */
  readonly url: string;
  /** What to say about it. */
  readonly announcement: string;
  /** What to start; nothing for a server that is run elsewhere. */
  readonly service?: () => Service;
}

export interface Surroundings {
  readonly environment: Environment;
  readonly output: Output;
  /** A server of this product's own. */
  readonly embedded: (name: string, args: readonly string[]) => Service;
}

/** A server whose URL is given is used as it is; the others are started here. */
export const chooseServers = async (settings: Settings, around: Surroundings): Promise<Server[]> => {
  const [eventStorePort = 0, mongoPort = 0, redisPort = 0] = await freePorts(3);
  const { eventStoreUrl, mongoUrl, redisUrl } = settings;
  return [
    given('EVENTSTORE_URL', eventStoreUrl) ?? embeddedEventStore(eventStorePort, settings, around),
    given('MONGODB_URL', mongoUrl) ?? (await mongo(mongoPort, settings, around)),
    given('REDIS_URL', redisUrl) ?? redis(redisPort, settings, around),
  ];
};

const titles = { EVENTSTORE_URL: 'Event store', MONGODB_URL: 'MongoDB', REDIS_URL: 'Redis' };

const given = (setting: Server['setting'], url: string | undefined): Server | undefined =>
  url === undefined ? undefined : { setting, url, announcement: `${titles[setting]}: ${withoutPassword(url)}` };

const embeddedEventStore = (port: number, { dataFolder }: Settings, { embedded }: Surroundings): Server => ({
  setting: 'EVENTSTORE_URL',
  url: `esdb://127.0.0.1:${port}?tls=false`,
  announcement: 'Event store: embedded',
  service: () => embedded('eventstore', ['--port', `${port}`, '--data', join(dataFolder, 'eventstore')]),
});

/** The real one where it is installed, unless the embedded one is asked for. */
const mongo = async (port: number, settings: Settings, around: Surroundings): Promise<Server> => {
  const found = settings.embedded === 'always' ? undefined : await findMongod(around.environment['PATH'] ?? '');
  const url = `mongodb://127.0.0.1:${port}/funnel?directConnection=true`;
  if (!found || 'problem' in found) {
    return {
      setting: 'MONGODB_URL',
      url,
      announcement: found ? `MongoDB: embedded, not ${found.program}: ${found.problem}` : 'MongoDB: embedded',
      service: () => around.embedded('mongo', ['--port', `${port}`]),
    };
  }
  const { program, version } = found;
  const { dataFolder } = settings;
  return {
    setting: 'MONGODB_URL',
    url,
    announcement: `MongoDB: mongod ${version} on 127.0.0.1:${port} (data in ${join(dataFolder, 'mongod')})`,
    service: () =>
      installedServer({
        name: 'mongod',
        output: around.output,
        start: (options) => startMongod({ ...options, program, port, dataFolder }),
      }),
  };
};

const redis = (port: number, { dataFolder }: Settings, { output }: Surroundings): Server => ({
  setting: 'REDIS_URL',
  url: `redis://127.0.0.1:${port}`,
  announcement: `Redis: redis-server on 127.0.0.1:${port} (data in ${join(dataFolder, 'redis')})`,
  service: () =>
    installedServer({
      name: 'redis',
      output,
      start: (options) => startRedis({ ...options, port, dataFolder }).catch(adviseOn(join(dataFolder, 'redis'))),
    }),
});

/** Of all that is kept, alarms are what may be lost. */
const adviseOn =
  (folder: string) =>
  (error: unknown): never => {
    const isDamaged =
      error instanceof ServerUnavailable && /AOF manifest|append only file|check-aof/.test(error.message);
    if (!isDamaged) throw error;
    const advice = `It holds only alarms, which are found again from the log: remove ${folder} and start again.`;
    throw new ServerUnavailable(`${error.message}\n${advice}`, { cause: error });
  };
