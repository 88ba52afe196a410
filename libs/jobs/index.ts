export { connectAlarmClock } from './alarm-clock.ts';
export type { Alarm, AlarmClock, AlarmClockSettings } from './alarm-clock.ts';
export { pingRedis } from './ping.ts';
