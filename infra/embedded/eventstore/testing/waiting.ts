/** Polls until a condition holds; fails after five seconds. */
export const eventually = async (condition: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  const deadline = Date.now() + 5000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within five seconds: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** What a promise was rejected with; fails if it was not. */
export const rejection = async <E = Error & { type: string }>(promise: Promise<unknown>): Promise<E> => {
  try {
    await promise;
  } catch (error) {
    return error as E;
  }
  throw new Error('Expected a rejection.');
};
