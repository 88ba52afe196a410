import { Scratch } from './scratch.ts';

describe('scratch memory', () => {
  it('is used again, also after it had to grow', () => {
    const scratch = new Scratch();
    expect(scratch.take(10).buffer).toBe(scratch.take(60_000).buffer);
    const grown = scratch.take(100_000);
    expect(grown).toHaveLength(100_000);
    expect(scratch.take(5).buffer).toBe(grown.buffer);
  });

  it('is not touched again once it was left to somebody, nor kept when it was large', () => {
    const scratch = new Scratch();
    const held = scratch.take(10);
    scratch.leave();
    expect(scratch.take(10).buffer).not.toBe(held.buffer);
    expect(scratch.take(2_000_000).buffer).not.toBe(scratch.take(2_000_000).buffer);
  });
});
