import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const limit = 32 * 1024 * 1024;

/**
 * Lets V8's space for young objects grow to a size at which collecting it is cheap, and no further. By itself it grows
 * to 128 MiB in a server that is busy for long, and stays resident.
 */
export const limitYoungSpace = (): void => {
  const watch = setInterval(() => {
    const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    if (!young || young.space_size < limit) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(watch);
  }, 100).unref();
};
