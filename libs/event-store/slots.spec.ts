import { deadlineIn, NoAnswer } from './deadline.ts';
import { Slots } from './slots.ts';

describe('the places for appends on their way', () => {
  it('are given in turn, each once', async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    const first = await slots.take(deadlineIn(1_000));
    const second = slots.take(deadlineIn(1_000)).then((giveBack) => (order.push('second'), giveBack));
    const third = slots.take(deadlineIn(1_000)).then((giveBack) => (order.push('third'), giveBack));
    first();
    first();
    const giveBack = await second;
    expect(order).toEqual(['second']);
    giveBack();
    await third;
    expect(order).toEqual(['second', 'third']);
  });

  it('are not waited for beyond the deadline, and who gave up takes none', async () => {
    const slots = new Slots(1);
    const giveBack = await slots.take(deadlineIn(1_000));
    await expect(slots.take(deadlineIn(5))).rejects.toThrow(NoAnswer);
    giveBack();
    await expect(slots.take(deadlineIn(5))).resolves.toBeInstanceOf(Function);
    await expect(slots.take(deadlineIn(0))).rejects.toThrow(NoAnswer);
  });
});
