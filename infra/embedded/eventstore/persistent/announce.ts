import type { EventLog } from '../log/event-log.ts';
import { metadataStreamOf } from '../log/stream-states.ts';
import { json } from '../log/system-events.ts';
import { startAsText } from './info.ts';
import type { GroupDefinition } from './settings.ts';

const stream = '$persistentSubscriptionConfig';

/**
 * Writes which groups there are now, where the real server keeps them: readers of everything see that as they would
 * there. Here a table counts, so whether it worked matters to nobody.
 */
export const announce = (log: EventLog, groups: readonly GroupDefinition[]): void => {
  const metadata = metadataStreamOf(stream);
  const write = (to: string, type: string, data: object): void =>
    log.append({ stream: to, expected: 'any', events: [json(type, data)] }, () => {});
  if (log.reader.standing(metadata).kind === 'missing') write(metadata, '$metadata', { $maxCount: 2 });
  const updated = new Date().toISOString();
  write(stream, '$PersistentConfig', { version: '2', updated, updatedBy: 'system', entries: groups.map(entryOf) });
};

const entryOf = (definition: GroupDefinition) => {
  const { stream, name, settings } = definition;
  return {
    stream,
    group: name,
    resolveLinkTos: settings.resolveLinks,
    extraStatistics: settings.extraStatistics,
    messageTimeout: settings.messageTimeout,
    startPosition: startAsText(definition, settings.startFrom),
    liveBufferSize: settings.liveBufferSize,
    historyBufferSize: settings.historyBufferSize,
    maxRetryCount: settings.maxRetryCount,
    readBatchSize: settings.readBatchSize,
    checkPointAfter: settings.checkpointAfter,
    minCheckPointCount: settings.minCheckpointCount,
    maxCheckPointCount: settings.maxCheckpointCount,
    maxSubscriberCount: settings.maxSubscriberCount,
    namedConsumerStrategy: settings.strategy,
  };
};
