const transform = (parser) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true, ...parser },
      // As in the build: nothing may depend on emitted type metadata (see infra/adr/0001).
      transform: { legacyDecorator: true, decoratorMetadata: false, react: { runtime: 'automatic' } },
      target: 'es2024',
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

/**
 * One configuration for every level; the suffix tells the level: `.spec.ts` pure, `.int.spec.ts` with real servers,
 * `.e2e.spec.ts` the whole product.
 */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/infra', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^@funnel/embedded/([a-z-]+)$': '<rootDir>/infra/embedded/$1/index.ts',
    '^@funnel/([a-z-]+)$': '<rootDir>/libs/$1/index.ts',
  },
  transform: { '^.+\\.ts$': transform({}), '^.+\\.tsx$': transform({ tsx: true }) },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data', '<rootDir>/test/bench/peers'],
  // Above what a step of its own waits for (a page: 30 s), so that a failure names the step, on slow machines too.
  testTimeout: 120_000,
};
