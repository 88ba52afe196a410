import { untilQuiet } from './quiet.ts';

/** How often the processor time is looked at while it grows by this and then that. */
const looks = async (grows: readonly number[], most = 10): Promise<number> => {
  let count = 0;
  let used = 0;
  const cpuMs = () => (used += grows[count++ - 1] ?? 0);
  await untilQuiet({ momentMs: 10, most, cpuMs });
  return count;
};

describe('waiting for a quiet moment', () => {
  it('takes the first one where little is done', async () => expect(await looks([0.9, 5])).toBe(2));
  it('goes on while others work', async () => expect(await looks([5, 1.1, 0.1, 5])).toBe(4));
  it('does not go on for ever', async () => expect(await looks([5, 5, 5, 5, 5], 3)).toBe(4));
});
