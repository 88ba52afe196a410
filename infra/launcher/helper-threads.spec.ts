import { helperThreadsOn } from './helper-threads.ts';

describe('helper threads of a program', () => {
  it.each([
    { cores: 1, threads: 1 },
    { cores: 2, threads: 1 },
    { cores: 4, threads: 3 },
    { cores: 64, threads: 4 },
  ])('are $threads on $cores cores', ({ cores, threads }) => {
    expect(helperThreadsOn(cores)).toBe(threads);
  });
});
