/**
 * One configuration for every level; the suffix tells the level: `.spec.ts` pure, `.int.spec.ts` with real servers,
 * `.e2e.spec.ts` the whole product.
 */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/infra', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@funnel/embedded/([a-z-]+)$': '<rootDir>/infra/embedded/$1/index.ts',
    '^@funnel/([a-z-]+)$': '<rootDir>/libs/$1/index.ts',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          // As in the build: nothing may depend on emitted type metadata (see infra/adr/0001).
          transform: { legacyDecorator: true, decoratorMetadata: false },
          target: 'es2024',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data', '<rootDir>/test/bench/peers'],
  testTimeout: 30_000,
};
