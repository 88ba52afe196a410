import { type View, viewsShown } from './views-shown.ts';

const view = (position: number, caughtUp = position === 100): View => ({
  position: `${position}`,
  head: '100',
  caughtUp,
});

/** What is said while the looks find these views one after the other, and the last of them for ever. */
const said = async (found: readonly (readonly View[])[], stop = new AbortController().signal) => {
  const lines: string[] = [];
  let looks = 0;
  const look = async () => found[Math.min(looks++, found.length - 1)]!;
  await viewsShown({ look, say: (line) => lines.push(line), stop, pauseMs: 0, patience: 20 });
  return { lines, looks };
};

describe('waiting for the views', () => {
  it('ends at once where they show all of the log', async () =>
    expect(await said([[view(100), view(100)]])).toEqual({ lines: [], looks: 1 }));

  it('says now and then how far the last of them is', async () => {
    const found = Array.from({ length: 25 }, (_, place) => [view(100), view(4 * place)]);
    const { lines, looks } = await said([...found, [view(100), view(100)]]);
    expect(looks).toBe(26);
    expect(lines).toEqual(['Views are being built from the log: 36 %', 'Views are being built from the log: 76 %']);
  });

  it('does not wait for one that stands still', async () => {
    const { lines, looks } = await said([[view(100), view(50)]]);
    expect(looks).toBe(21);
    expect(lines.at(-1)).toMatch(/^Not every view shows all of the log.* npx funnel views/);
  });

  it('ends with the launcher', async () =>
    expect(await said([[view(50)]], AbortSignal.abort())).toEqual({ lines: [], looks: 1 }));

  it('does not keep anybody waiting for an api that does not answer', async () => {
    const look = () => Promise.reject(new Error('connection refused'));
    const say = (line: string) => expect(line).toBe('nothing');
    await expect(viewsShown({ look, say, stop: new AbortController().signal })).resolves.toBeUndefined();
  });
});
