import { resolve } from 'node:path';
import { CannotStart } from './cannot-start.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  /** Of the web address; 0 picks a free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** Whether the embedded MongoDB is taken even where the real one is installed (`always`). */
  readonly embedded: 'always' | 'auto';
  /** A server without a URL is started here. */
  readonly eventStoreUrl: string | undefined;
  readonly mongoUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly authSecret: string | undefined;
}

interface Rule {
  readonly accepts: RegExp;
  readonly expected: string;
}

const secretLength = 32;

const rules = {
  FUNNEL_EMBEDDED: { accepts: /^(always|auto|never)$/, expected: 'always, auto or never' },
  PORT: {
    accepts: /^(\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
    expected: 'a whole number up to 65535 (0 picks a free port)',
  },
  EVENTSTORE_URL: {
    accepts: /^(esdb|kurrentdb)(\+discover)?:\/\/[^/?\s]+/,
    expected: 'a URL like esdb://127.0.0.1:2113?tls=false or kurrentdb://…',
  },
  MONGODB_URL: {
    accepts: /^mongodb(\+srv)?:\/\/[^/?\s]+/,
    expected: 'a URL like mongodb://127.0.0.1:27017/funnel',
  },
  REDIS_URL: { accepts: /^rediss?:\/\/[^/?\s]+/, expected: 'a URL like redis://127.0.0.1:6379' },
  AUTH_SECRET: { accepts: new RegExp(`^[^]{${secretLength},}$`), expected: `at least ${secretLength} characters` },
} satisfies Record<string, Rule>;

/**
 * The settings of the launcher; an empty one counts as not given. Throws {@link CannotStart} naming every wrong one
 * and what was expected. Settings that only other programs know are theirs to check.
 */
export const readSettings = (environment: Environment): Settings => {
  const wrong = Object.entries(rules).flatMap(([name, rule]) => complaint(name, environment[name], rule));
  wrong.push(...missingServers(environment));
  if (wrong.length > 0) throw new CannotStart(wrong.join('\n'));
  return {
    port: Number(environment['PORT'] || 3000),
    embedded: environment['FUNNEL_EMBEDDED'] === 'always' ? 'always' : 'auto',
    dataFolder: resolve(environment['FUNNEL_DATA'] || '.data'),
    eventStoreUrl: environment['EVENTSTORE_URL'] || undefined,
    mongoUrl: environment['MONGODB_URL'] || undefined,
    redisUrl: environment['REDIS_URL'] || undefined,
    authSecret: environment['AUTH_SECRET'] || undefined,
  };
};

const complaint = (name: string, value: string | undefined, { accepts, expected }: Rule): string[] => {
  if (!value || accepts.test(value)) return [];
  const shown = name === 'AUTH_SECRET' ? `has ${value.length} characters` : `is "${withoutPassword(value)}"`;
  return [`${name} ${shown}; expected ${expected}.`];
};

const servers = ['EVENTSTORE_URL', 'MONGODB_URL', 'REDIS_URL'] as const;

const missingServers = (environment: Environment): string[] => {
  const missing = servers.filter((name) => !environment[name]);
  if (environment['FUNNEL_EMBEDDED'] !== 'never' || missing.length === 0) return [];
  return [
    'FUNNEL_EMBEDDED is "never", so no server is started here, not even one that is installed. Still to be given:',
    ...missing.map((name) => `  ${name}, ${rules[name].expected}`),
  ];
};

/** The URL fit for showing: its password, and any parameter that is one, masked. */
export const withoutPassword = (url: string): string =>
  url.replace(/^([^:]*:\/\/[^:@/]*):.*@/, '$1:***@').replace(/(password=)[^&]*/gi, '$1***');
