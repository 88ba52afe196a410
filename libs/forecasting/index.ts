export { History } from './history/history.ts';
export type { Membership } from './history/history.ts';
export { accuracyOf } from './reforecast/accuracy.ts';
export type { Accuracy } from './reforecast/accuracy.ts';
export { periodEnds, rhythms } from './reforecast/period-ends.ts';
export type { Rhythm } from './reforecast/period-ends.ts';
export { reforecast } from './reforecast/reforecast.ts';
export { groupings } from './reforecast/request.ts';
export type { Grouping, Reforecast, ReforecastGroup, ReforecastRequest } from './reforecast/request.ts';
