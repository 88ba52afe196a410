import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const boundary = '@nx/enforce-module-boundaries';
const typesAlone = '@typescript-eslint/no-restricted-imports';
const imports = (source: string) => `import * as planted from '${source}';\nexport default planted;\n`;

/** A violation, where it is planted, and the rule that must catch it. */
const planted: readonly (readonly [what: string, path: string, text: string, rule: string])[] = [
  ['the kernel knows selling', 'libs/kernel/planted.ts', imports('@funnel/sales'), boundary],
  ['the rules know their views', 'libs/sales/planted.ts', imports('@funnel/sales-views'), boundary],
  ['the rules know the store', 'libs/sales/planted.ts', imports('@funnel/event-store'), boundary],
  ['the rules know a framework', 'libs/sales/planted.ts', imports('@nestjs/common'), boundary],
  ['views know MongoDB', 'libs/sales-views/planted.ts', imports('mongodb'), boundary],
  ['views know the read store', 'libs/sales-views/planted.ts', imports('@funnel/read-store'), boundary],
  ['importing knows the store', 'libs/importing/planted.ts', imports('@funnel/event-store'), boundary],
  ['forecasting knows the views', 'libs/forecasting/planted.ts', imports('@funnel/sales-views'), boundary],
  ['forecasting knows the store', 'libs/forecasting/planted.ts', imports('@funnel/event-store'), boundary],
  ['contracts know selling', 'libs/contracts/planted.ts', imports('@funnel/sales'), boundary],
  ['the audit knows selling', 'libs/audit/planted.ts', imports('@funnel/sales'), boundary],
  ['the audit knows the store', 'libs/audit/planted.ts', imports('@funnel/event-store'), boundary],
  ['the audit knows a client', 'libs/audit/planted.ts', imports('@eventstore/db-client'), boundary],
  ['the event store knows selling', 'libs/event-store/planted.ts', imports('@funnel/sales'), boundary],
  ['the event store knows MongoDB', 'libs/event-store/planted.ts', imports('mongodb'), boundary],
  ['the read store knows the event store', 'libs/read-store/planted.ts', imports('@funnel/event-store'), boundary],
  ['the read store knows its client', 'libs/read-store/planted.ts', imports('@eventstore/db-client'), boundary],
  ['jobs know MongoDB', 'libs/jobs/planted.ts', imports('mongodb'), boundary],
  ['an app knows MongoDB', 'apps/api/planted.ts', imports('mongodb'), boundary],
  ['an app knows BullMQ', 'apps/worker/planted.ts', imports('bullmq'), boundary],
  ['an app knows the event store’s client', 'apps/api/planted.ts', imports('@eventstore/db-client'), boundary],
  ['an app knows the embedded servers', 'apps/api/planted.ts', imports('@funnel/embedded/mongo'), boundary],
  ['the browser’s program knows selling', 'apps/web/planted.ts', imports('@funnel/sales'), boundary],
  ['the browser’s program knows an app', 'apps/web/planted.ts', imports('../api/tokens.ts'), boundary],
  ['the browser’s program ships schemas', 'apps/web/planted.tsx', imports('@funnel/contracts'), typesAlone],
  ['the browser’s program knows the machine', 'apps/web/planted.ts', imports('node:fs'), typesAlone],
  ['the embedded servers know a lib', 'infra/embedded/planted.ts', imports('@funnel/kernel'), boundary],
  ['a deep import', 'apps/api/planted.ts', imports('../../libs/sales/deal/deal.ts'), boundary],
  ['a pure lib reads the clock', 'libs/sales/planted.ts', 'export const now = new Date();', 'no-restricted-syntax'],
  ['… by Date.now', 'libs/sales-views/planted.ts', 'export const now = Date.now();', 'no-restricted-syntax'],
  ['… by Date()', 'libs/sales-views/planted.ts', 'export const now = Date();', 'no-restricted-syntax'],
  ['… by Temporal.Now', 'libs/kernel/planted.ts', 'export const now = Temporal.Now.instant();', 'no-restricted-syntax'],
  ['… by performance', 'libs/importing/planted.ts', 'export const now = performance.now();', 'no-restricted-globals'],
  ['a pure lib throws dice', 'libs/sales/planted.ts', 'export const luck = Math.random();', 'no-restricted-syntax'],
  ['a pure lib knows the machine', 'libs/sales/planted.ts', imports('node:fs'), 'no-restricted-imports'],
  ['a pure lib reads settings', 'libs/sales/planted.ts', 'export const port = process.env;', 'no-restricted-globals'],
  ['a file over its budget', 'libs/sales/planted.ts', 'export const a = [\n' + '1,\n'.repeat(260) + '];', 'max-lines'],
  [
    'a function over its budget',
    'apps/api/planted.ts',
    `export const f = () => {\n${'f();\n'.repeat(60)}};`,
    'max-lines-per-function',
  ],
  [
    'a tangled function',
    'apps/api/planted.ts',
    `export const f = (n: number) => { ${'if (n) f(n);'.repeat(11)} };`,
    'complexity',
  ],
  [
    'too many parameters',
    'apps/api/planted.ts',
    'export const f = (a = 1, b = 2, c = 3, d = 4) => a + b + c + d;',
    'max-params',
  ],
];

/** What must stay allowed: a rule that catches everything proves nothing. */
const allowed: readonly (readonly [what: string, path: string, text: string])[] = [
  ['the rules use the kernel', 'libs/sales/planted.ts', imports('@funnel/kernel')],
  ['the event store uses the hashes of the audit', 'libs/event-store/planted.ts', imports('@funnel/audit')],
  ['the event store uses its client', 'libs/event-store/planted.ts', imports('@eventstore/db-client')],
  ['the read store uses MongoDB', 'libs/read-store/planted.ts', imports('mongodb')],
  ['an app uses the libs', 'apps/api/planted.ts', imports('@funnel/sales-views')],
  ['the browser’s program uses shapes', 'apps/web/planted.ts', "export type { AnswerOf } from '@funnel/contracts';"],
  ['a pure lib reads a date it is given', 'libs/kernel/planted.ts', 'export const at = new Date(0).toISOString();'],
];

const lint = (texts: readonly (readonly [unknown, string, string, ...unknown[]])[]): string[][] => {
  const input = JSON.stringify(texts.map(([, path, text]) => ({ path, text })));
  const env = { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' };
  const linted = spawnSync(process.execPath, ['test/architecture/lint-texts.js'], { input, env, encoding: 'utf8' });
  if (linted.status !== 0) throw new Error(linted.stderr);
  return JSON.parse(linted.stdout) as string[][];
};

describe('the structure of the house', () => {
  let broken: string[][];
  beforeAll(() => {
    broken = lint([...planted, ...allowed]);
  }, 120_000);

  it.each(planted.map((each, index) => [...each, index] as const))(
    'does not let stand that %s',
    (_, __, ___, rule, index) => {
      expect(broken[index]?.map((message) => message.split(':')[0])).toContain(rule);
    },
  );

  it.each(allowed.map(([what], index) => [what, index] as const))('lets stand that %s', (_, index) => {
    expect(broken[planted.length + index]).toEqual([]);
  });

  it('keeps decisions short', () => {
    const folder = 'infra/adr';
    const decisions = readdirSync(folder);
    expect(decisions.length).toBeGreaterThan(0);
    for (const file of decisions) {
      expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.md$/);
      expect(readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    }
  });
});
