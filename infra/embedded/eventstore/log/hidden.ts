import { subjectOf } from './record.ts';

/** What the streams begin with in which groups on everything put events aside; and the first text behind all of these. */
export const hiddenPrefix = '$persistentsubscription-$all::';
export const behindHidden = '$persistentsubscription-$all:;';

/** Whether the events of a stream are kept from who reads everything, as what is put aside would come back to its group. */
export const isHiddenFromAll = (stream: string): boolean =>
  stream.startsWith(hiddenPrefix) && stream.endsWith('-parked');

/** Which stored answers are shown to who reads everything. */
export type IsShown = (message: Buffer) => boolean;

export const showsEach: IsShown = () => true;
export const showsNoHidden: IsShown = (message) => !isHiddenFromAll(subjectOf(message, 'stream'));
