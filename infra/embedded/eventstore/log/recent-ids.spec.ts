import { RecentIds } from './recent-ids.ts';

it('remembers where an event went first, even after its repetition was taken back', () => {
  const ids = new RecentIds();
  const [first, again] = [0, 3].map((revision) => ({ stream: 'odd', revision }));
  ids.add('a', first!);
  ids.add('a', again!);
  ids.remove('a', again!);
  expect(ids.revisionIn('odd', 'a')).toBe(0);
  ids.remove('a', first!);
  expect(ids.revisionIn('odd', 'a')).toBeUndefined();
});
