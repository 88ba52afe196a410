import { isTimeZone } from '@funnel/kernel';
import { join } from 'node:path';
import { z } from 'zod';

const roles = ['projections', 'alerts', 'audit'] as const;
export type WorkerRole = (typeof roles)[number];

const environment = z.object({
  EVENTSTORE_URL: z.string().regex(/^(esdb|kurrentdb)(\+discover)?:\/\//, 'expected esdb://… or kurrentdb://…'),
  MONGODB_URL: z.string().regex(/^mongodb(\+srv)?:\/\//, 'expected mongodb://…'),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'expected redis://…'),
  COMPANY_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'expected an IANA time zone such as Asia/Shanghai')
    .default('Asia/Shanghai'),
  WORKER_ROLES: z
    .string()
    .default(roles.join(','))
    .transform((list) => list.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles, `expected a list of ${roles.join(', ')}`)).min(1)),
  FUNNEL_DATA: z.string().default('.data'),
  AUDIT_KEY: z.string().optional(),
  AUDIT_ROOTS_FILE: z.string().optional(),
  AUDIT_EVERY_MINUTES: z.coerce.number('expected minutes').min(0.01, 'expected minutes').default(60),
});

export interface WorkerSettings {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly redisUrl: string;
  readonly timeZone: string;
  readonly roles: readonly WorkerRole[];
  readonly audit: {
    /** Of the private key, or the key itself in PEM. */
    readonly key: string;
    readonly rootsFile: string;
    readonly everyMs: number;
  };
}

/** @throws an Error that names every wrong setting and what was expected */
export const readSettings = (given: NodeJS.ProcessEnv): WorkerSettings => {
  // An empty value counts as absent.
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const { success, data, error } = environment.safeParse(present);
  if (!success) {
    const wrong = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`wrong settings: ${wrong.join('; ')}`);
  }
  return {
    eventStoreUrl: data.EVENTSTORE_URL,
    mongoUrl: data.MONGODB_URL,
    redisUrl: data.REDIS_URL,
    timeZone: data.COMPANY_TIME_ZONE,
    roles: data.WORKER_ROLES,
    audit: {
      key: data.AUDIT_KEY ?? join(data.FUNNEL_DATA, 'audit', 'signing-key.pem'),
      rootsFile: data.AUDIT_ROOTS_FILE ?? join(data.FUNNEL_DATA, 'audit', 'roots.ndjson'),
      everyMs: data.AUDIT_EVERY_MINUTES * 60_000,
    },
  };
};
