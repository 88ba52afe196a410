import { Tail, type CommittedEvent } from './tail.ts';

const committed = (position: number, size = 10): CommittedEvent => ({
  id: String(position),
  stream: 's',
  type: 't',
  revision: position,
  position,
  message: Buffer.alloc(size),
});
const positions = (events: CommittedEvent[] | undefined) => events?.map(({ position }) => position);

describe('the tail of the log', () => {
  it('shows what came after a position', () => {
    const tail = new Tail(10);
    tail.push([committed(11), committed(12)]);
    expect(positions(tail.after(10))).toEqual([11, 12]);
    expect(positions(tail.after(11))).toEqual([12]);
    expect(positions(tail.after(12))).toEqual([]);
    expect(positions(tail.after(99))).toEqual([]);
  });

  it('says that it does not reach back far enough', () => {
    const tail = new Tail(10);
    expect(tail.after(9)).toBeUndefined();
    expect(positions(tail.after(10))).toEqual([]);
    tail.push([committed(11)]);
    expect(tail.after(9)).toBeUndefined();
  });

  it('hands out a part at a time', () => {
    const tail = new Tail(0);
    tail.push(Array.from({ length: 250 }, (_, index) => committed(index + 1)));
    expect(tail.after(0)).toHaveLength(100);
    expect(positions(tail.after(0))).toEqual(positions(tail.after(0))!.map((_, index) => index + 1));
    expect(tail.after(200)).toHaveLength(50);
  });

  it('keeps no more than its number of events', () => {
    const tail = new Tail(0, { maxEvents: 3 });
    for (let position = 1; position <= 10; position++) tail.push([committed(position)]);
    expect(tail.after(6)).toBeUndefined();
    expect(positions(tail.after(7))).toEqual([8, 9, 10]);
  });

  it('keeps no more than its number of bytes, but always the newest event', () => {
    const tail = new Tail(0, { maxBytes: 100 });
    tail.push([committed(1, 60), committed(2, 60)]);
    expect(positions(tail.after(1))).toEqual([2]);
    expect(tail.after(0)).toBeUndefined();
    tail.push([committed(3, 500)]);
    expect(positions(tail.after(2))).toEqual([3]);
    tail.push([committed(4, 10)]);
    expect(positions(tail.after(3))).toEqual([4]);
  });

  it('wakes those who wait, once, unless they have gone', () => {
    const tail = new Tail(0);
    const woken: string[] = [];
    tail.onNext(() => woken.push('first'));
    const forget = tail.onNext(() => woken.push('second'));
    forget();
    tail.push([committed(1)]);
    tail.push([committed(2)]);
    expect(woken).toEqual(['first']);
  });
});
