import type { MessageWriter } from '../wire/writer.ts';
import type { EventLog } from '../log/event-log.ts';
import { revisionOnTheWire } from '../log/record.ts';
import type { Consumer } from './consumer.ts';
import type { RunningGroup } from './running-group.ts';
import { allStream, type GroupKey, type StartFrom } from './settings.ts';

/** Without users, everybody is who the server itself is. */
const username = 'system';

/** Counts something between two looks at it. */
class Rate {
  #total = 0;
  #at: number;

  constructor(now: number) {
    this.#at = now;
  }

  measure(total: number, now: number): { count: number; perSecond: number } {
    const count = total - this.#total;
    const seconds = (now - this.#at) / 1000;
    this.#total = total;
    this.#at = now;
    return { count, perSecond: seconds > 0 ? Math.trunc(count / seconds) : 0 };
  }
}

/** Describes groups; remembers when it did so last, as the rates are since then. */
export class Describer {
  readonly #log: EventLog;
  readonly #startedAt = performance.now();
  readonly #rates = new WeakMap<RunningGroup | Consumer, Rate>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Writes the fields of a SubscriptionInfo. */
  write(info: MessageWriter, running: RunningGroup): void {
    const { definition } = running;
    info.text(1, definition.stream).text(2, definition.name).text(3, statusOf(running));
    for (const consumer of running.group.consumers) info.message(4, (fields) => this.#writeConsumer(fields, consumer));
    const { count, perSecond } = this.#measure(running, running.group.total);
    info.number(5, perSecond).number(6, running.group.total).number(7, count);
    info
      .text(8, placeAsText(definition, running.checkpoint))
      .text(9, placeAsText(definition, this.#lastKnown(running)));
    writeSettings(info, running);
    writeCounts(info, running);
  }

  #writeConsumer(fields: MessageWriter, consumer: Consumer): void {
    const { count, perSecond } = this.#measure(consumer, consumer.total);
    // Where it is from the real server knows only of older clients.
    fields.text(2, username).number(3, perSecond);
    fields.number(4, consumer.total).number(5, count);
    for (const [label, milliseconds] of consumer.latencies?.summary() ?? [])
      fields.message(6, (measurement) => measurement.text(1, label).number(2, milliseconds));
    fields.number(7, consumer.freeSlots).number(8, consumer.inFlight).text(9, consumer.connection.name);
  }

  #measure(subject: RunningGroup | Consumer, total: number): { count: number; perSecond: number } {
    const rate = this.#rates.get(subject) ?? new Rate(this.#startedAt);
    this.#rates.set(subject, rate);
    return rate.measure(total, performance.now());
  }

  /** The last event there is for the group, as far as that is known without looking at every one. */
  #lastKnown({ definition, origin, lastKnown }: RunningGroup): number | undefined {
    const isAll = definition.stream === allStream;
    const standing = isAll ? undefined : this.#log.reader.standing(definition.stream);
    const last = standing?.kind === 'readable' ? standing.last : isAll && !definition.filter ? this.#log.tail.last : -1;
    return last > origin ? last : lastKnown;
  }
}

const statusOf = ({ isLive, parked }: RunningGroup): string => {
  const replaying = parked.isReplaying ? ['ReplayingParkedMessages'] : [];
  return (isLive ? [...replaying, 'Live'] : ['Behind', ...replaying]).join(', ');
};

const placeAsText = ({ stream }: GroupKey, place: number | undefined): string => {
  if (place === undefined) return '';
  return stream === allStream ? `C:${place}/P:${place}` : String(revisionOnTheWire(place));
};

export const startAsText = (key: GroupKey, start: StartFrom): string =>
  placeAsText(key, start === 'start' ? 0 : start === 'end' ? -1 : start);

const writeSettings = (info: MessageWriter, { definition }: RunningGroup): void => {
  const { settings } = definition;
  info.number(10, Number(settings.resolveLinks)).text(11, startAsText(definition, settings.startFrom));
  info.number(12, settings.messageTimeout).number(13, Number(settings.extraStatistics));
  info.number(14, settings.maxRetryCount).number(15, settings.liveBufferSize);
  info.number(16, settings.historyBufferSize).number(17, settings.readBatchSize);
  info.number(18, settings.checkpointAfter).number(19, settings.minCheckpointCount);
  info.number(20, settings.maxCheckpointCount).text(26, settings.strategy).number(27, settings.maxSubscriberCount);
};

const writeCounts = (info: MessageWriter, { group, parked, liveCount }: RunningGroup): void => {
  const { fresh, retries, inFlight } = group.counts;
  info.number(21, fresh).number(22, liveCount).number(23, retries);
  info.number(24, inFlight).number(25, inFlight).number(28, parked.count);
};
