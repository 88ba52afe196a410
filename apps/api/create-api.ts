import cookie from '@fastify/cookie';
import { auditEvents } from '@funnel/audit';
import { connectEventStore, type EventStore } from '@funnel/event-store';
import { connectReadStore, type ReadStore } from '@funnel/read-store';
import { salesEvents } from '@funnel/sales';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import 'reflect-metadata';
import { ApiModule, type Servers } from './api.module.ts';
import { demandToken } from './auth/authentication.ts';
import { RolesGuard } from './auth/roles.guard.ts';
import { SignedTokens } from './auth/token.ts';
import { Done } from './commands/perform.ts';
import { definePresets } from './funnels/presets.ts';
import { httpAdapter } from './http/adapter.ts';
import { nestLogger } from './http/nest-logger.ts';
import { ProblemFilter } from './problems/problem-filter.ts';
import type { Settings } from './settings.ts';
import { programsIn } from './threads/programs.ts';
import { servePages } from './web/pages.ts';

/** A running API. */
export interface Api {
  readonly port: number;
  /** Methods and addresses that are registered, in the order of their addresses: `GET /api/deals`. */
  readonly routes: readonly string[];
  close(): Promise<void>;
}

const newLogger = (level: string): Logger => pino({ name: 'api', level }, pino.destination({ fd: 2, sync: true }));

const noteRoutes = (instance: FastifyInstance): string[] => {
  const noted: string[] = [];
  instance.addHook('onRoute', ({ method, url }) => {
    // Fastify answers HEAD wherever it answers GET.
    for (const each of [method].flat()) if (each !== 'HEAD' && url !== '*') noted.push(`${each} ${url}`);
  });
  return noted;
};

const guardAnswers = (instance: FastifyInstance): void => {
  instance.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
};

const build = async (servers: Servers, web: string): Promise<{ app: NestFastifyApplication; routes: string[] }> => {
  const { logger } = servers;
  const adapter = httpAdapter(logger);
  const instance = adapter.getInstance<FastifyInstance>();
  const routes = noteRoutes(instance);
  guardAnswers(instance);
  // As a hook and not as an interceptor: one of those makes every request pass through observables.
  instance.addHook('preSerialization', Done.tag);
  await instance.register(cookie);
  demandToken(instance, servers.tokens);
  await servePages(instance, web);
  const options = { logger: nestLogger(logger), bodyParser: false, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.on(servers), adapter, options);
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalGuards(new RolesGuard());
  return { app, routes };
};

const closeAll = async (eventStore: EventStore, readStore?: ReadStore): Promise<void> => {
  await readStore?.close();
  await eventStore.close();
};

/** What is built stands side by side: the programs of the threads, and the browser's. */
const builtHere = new URL('./', import.meta.url);

/** Connects, defines the presets and listens. @throws where a server is not reached or the port is taken */
export const createApi = async (settings: Settings, built = builtHere): Promise<Api> => {
  const logger = newLogger(settings.logLevel);
  const eventStore = connectEventStore({ url: settings.eventStoreUrl }, { ...salesEvents, ...auditEvents });
  let readStore: ReadStore | undefined;
  try {
    readStore = await connectReadStore({ url: settings.readStoreUrl });
    await definePresets(eventStore, settings.baseCurrency);
    const tokens = new SignedTokens(settings.authSecret);
    const servers = { settings, logger, tokens, eventStore, readStore, programs: programsIn(built) };
    const { app, routes } = await build(servers, fileURLToPath(new URL('web', built)));
    await app.listen(settings.port, settings.host);
    const { port } = app.getHttpServer().address() as AddressInfo;
    const close = async () => {
      await app.close();
      await closeAll(eventStore, readStore);
    };
    let closing: Promise<void> | undefined;
    return { port, routes: routes.sort(), close: () => (closing ??= close()) };
  } catch (error) {
    await closeAll(eventStore, readStore);
    throw error;
  }
};
