export { accept, reject } from './decider.ts';
export type { Dated, Decider, Decision, DomainEvent } from './decider.ts';
export { decode, event, UndecodableEvent } from './event.ts';
export type { EventOf, EventType, EventTypes, Schema, Upcaster } from './event.ts';
export { canonicalJson } from './canonical-json.ts';
export { concerns, projection, reduce } from './projection.ts';
export type { Projection, ViewIndex } from './projection.ts';
export { isReadable } from './event-log.ts';
export type { EventLog, LogBatch, LogFilter, Stored, Unreadable } from './event-log.ts';
export { roles } from './recorded.ts';
export type { Actor, Envelope, Recorded, Role } from './recorded.ts';
export { comparePositions, formatPosition, logStart, parsePosition } from './position.ts';
export type { Position } from './position.ts';
export {
  allocate,
  convert,
  divideRounded,
  formatMinor,
  isCurrency,
  maxMinor,
  minorDigits,
  parseMinor,
} from './money.ts';
export type { Money } from './money.ts';
export { parseWeight, roundWeighted, wholeWeight } from './weight.ts';
export type { Weight } from './weight.ts';
export { isOfThePast, isWithin, momentOf } from './moment.ts';
export type { AskedMoment, Moment } from './moment.ts';
export { dayMs, earliestInstant, formatInstant, latestInstant, parseInstant } from './instant.ts';
export { dateOf, fromWallClock, isTimeZone, mondayOfWeek, parsePeriod, startOfDay, weeksInYear } from './calendar.ts';
export type { Period, Span } from './calendar.ts';
