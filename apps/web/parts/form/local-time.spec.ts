import { instantOf, localTime } from './local-time.ts';

describe('a time in a form', () => {
  it.each([
    ['2026-03-31T14:30', 'Asia/Shanghai', '2026-03-31T06:30:00.000Z'],
    ['2026-03-29T12:00', 'Europe/Berlin', '2026-03-29T10:00:00.000Z'],
    ['2026-10-25T12:00', 'Europe/Berlin', '2026-10-25T11:00:00.000Z'],
    ['2026-01-01T00:00', 'America/New_York', '2026-01-01T05:00:00.000Z'],
  ])('%s in %s is that of its clocks, also on days when they are changed', (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant);
    expect(localTime(Date.parse(instant), zone)).toBe(local);
  });
});
