import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Who may import whom: the table of the architecture, enforced. */
const mayImport = (sourceTag, ...allowed) => ({
  sourceTag: `scope:${sourceTag}`,
  onlyDependOnLibsWithTags: allowed.map((tag) => `scope:${tag}`),
});
const libs = [
  'kernel',
  'sales',
  'sales-views',
  'importing',
  'forecasting',
  'contracts',
  'audit',
  'event-store',
  'read-store',
  'jobs',
];
const drivers = {
  'event-store': ['@eventstore/*', '@kurrent/*'],
  'read-store': ['mongodb'],
  jobs: ['bullmq', 'ioredis'],
};
const driversExcept = (owner) => Object.entries(drivers).flatMap(([lib, packages]) => (lib === owner ? [] : packages));
const withDrivers = (constraint, owner) => ({ ...constraint, bannedExternalImports: driversExcept(owner) });
const pure = (constraint) => ({ ...constraint, allowedExternalImports: ['zod', 'temporal-polyfill'] });

const depConstraints = [
  pure(mayImport('kernel', 'kernel')),
  pure(mayImport('sales', 'sales', 'kernel')),
  pure(mayImport('sales-views', 'sales-views', 'kernel', 'sales')),
  pure(mayImport('importing', 'importing', 'kernel', 'sales')),
  pure(mayImport('forecasting', 'forecasting', 'kernel', 'sales')),
  pure(mayImport('contracts', 'contracts', 'kernel')),
  { ...mayImport('audit', 'audit', 'kernel'), allowedExternalImports: ['zod'] },
  withDrivers(mayImport('event-store', 'event-store', 'audit', 'kernel'), 'event-store'),
  withDrivers(mayImport('read-store', 'read-store', 'kernel'), 'read-store'),
  withDrivers(mayImport('jobs', 'jobs', 'kernel'), 'jobs'),
  mayImport('testing', 'testing', 'kernel'),
  withDrivers(mayImport('app', 'app', ...libs)),
  // The browser's program shares types with the product, and talks to it over HTTP.
  withDrivers(mayImport('web', 'web', 'contracts')),
  mayImport('embedded', 'embedded'),
  mayImport('infra', 'infra', 'embedded'),
  { sourceTag: 'scope:test', onlyDependOnLibsWithTags: ['*'] },
];

const pureLibs = ['kernel', 'sales', 'sales-views', 'importing', 'forecasting', 'contracts'].map(
  (lib) => `libs/${lib}/**/*.ts`,
);
const specs = ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts', 'libs/testing/**/*.ts', 'libs/*/testing/**/*.ts'];

export default tseslint.config(
  {
    ignores: ['dist', '**/bin/*.js', '**/node_modules', '.nx', '.data', 'test/bench/peers', 'coverage'],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.js'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      // A switch counts once: deciders are switches, and must be.
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-params': ['error', 3],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-console': 'error',
    },
  },
  {
    // No clock, no randomness, no machine in the pure libs: time and ids arrive with the command.
    files: pureLibs,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'Pure libs know no machine.' }] }],
      'no-restricted-globals': [
        'error',
        'process',
        'setTimeout',
        'setInterval',
        'performance',
        'crypto',
        'Buffer',
        'fetch',
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'No clock in rules.' },
        { selector: "CallExpression[callee.name='Date']", message: 'No clock in rules.' },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'No clock in rules.' },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'No randomness in rules.',
        },
        { selector: "MemberExpression[object.property.name='Now']", message: 'No clock in rules.' },
        { selector: "MemberExpression[property.name='Now']", message: 'No clock in rules.' },
      ],
    },
  },
  {
    files: ['apps/web/**/*.ts', 'apps/web/**/*.tsx'],
    ignores: ['**/*.spec.ts', 'apps/web/vite.config.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@funnel/*', 'zod'], allowTypeImports: true, message: 'Types alone: schemas are not shipped.' },
            { group: ['node:*'], message: 'Browsers know no machine.' },
          ],
        },
      ],
    },
  },
  {
    files: specs,
    rules: {
      'max-lines-per-function': 'off',
      'max-params': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // Specs arrange through the public face of other libs and of real servers.
      '@nx/enforce-module-boundaries': 'off',
    },
  },
  { files: ['apps/cli/**/*.ts', 'infra/**/*.ts', 'test/**/*.ts'], rules: { 'no-console': 'off' } },
  prettier,
);
