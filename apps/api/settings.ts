import { isCurrency, isTimeZone } from '@funnel/kernel';
import { read } from '@funnel/contracts';
import { join } from 'node:path';
import { z } from 'zod';

const url = (pattern: RegExp, example: string) =>
  z.string(`an address such as ${example}`).regex(pattern, `an address such as ${example}`);
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'a port from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'a port from 0 to 65535');
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const environment = z
  .object({
    EVENTSTORE_URL: url(/^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/./, 'esdb://127.0.0.1:2113?tls=false'),
    MONGODB_URL: url(/^mongodb(\+srv)?:\/\/./, 'mongodb://127.0.0.1:27017/funnel'),
    REDIS_URL: url(/^rediss?:\/\/./, 'redis://127.0.0.1:6379'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: port.default(3000),
    PUBLIC_URL: url(/^https?:\/\/./, 'https://funnel.example.com').optional(),
    AUTH_MODE: z.enum(['token']).default('token'),
    // HMAC-SHA-256 wants a key as long as its digest.
    AUTH_SECRET: z.string('a secret of at least 32 characters').min(32, 'a secret of at least 32 characters'),
    COMPANY_TIME_ZONE: z.string().refine(isTimeZone, 'a time zone such as Asia/Shanghai').default('Asia/Shanghai'),
    BASE_CURRENCY: z.string().refine(isCurrency, 'an ISO 4217 currency code such as CNY').default('CNY'),
    FUNNEL_DATA: z.string().default('.data'),
    AUDIT_ROOTS_FILE: z.string().optional(),
    LOG_LEVEL: z.enum(levels).default('error'),
  })
  .transform((env) => ({
    eventStoreUrl: env.EVENTSTORE_URL,
    readStoreUrl: env.MONGODB_URL,
    redisUrl: env.REDIS_URL,
    host: env.HOST,
    /** 0 takes any free one. */
    port: env.PORT,
    /** Where clients reach the product; published events name their schemas by it. */
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, ''),
    authSecret: env.AUTH_SECRET,
    timeZone: env.COMPANY_TIME_ZONE,
    baseCurrency: env.BASE_CURRENCY,
    /** Where the worker keeps the signed roots. */
    rootsFile: env.AUDIT_ROOTS_FILE ?? join(env.FUNNEL_DATA, 'audit', 'roots.ndjson'),
    /** For what can be made again: the history of forecasts in columns. */
    dataFolder: env.FUNNEL_DATA,
    logLevel: env.LOG_LEVEL,
  }));
export type Settings = z.output<typeof environment>;

/** A setting is missing or wrong; the message names each one with what was expected. */
export class WrongSettings extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`wrong settings: ${faults.join('; ')}`);
    this.name = 'WrongSettings';
  }
}

const named = (path: string) => path.replace(/^env\./, '');
/** Never repeats a secret, nor a password in an address. */
const shown = (name: string, got: unknown): string => {
  if (got === undefined || name === 'AUTH_SECRET') return '';
  return `, got ${JSON.stringify(got).replace(/\/\/[^@/]*@/, '//…@')}`;
};

/** Reads the settings of the process; an empty value counts as absent. @throws {WrongSettings} */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const reading = read(environment, given, 'env');
  if (reading.ok) return reading.value;
  throw new WrongSettings(
    reading.faults.map(({ path, expected, got }) => `${named(path)}: expected ${expected}${shown(named(path), got)}`),
  );
};
