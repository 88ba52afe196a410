/** How a group chooses the consumer of an event. */
export const strategyNames = ['DispatchToSingle', 'RoundRobin', 'Pinned', 'PinnedByCorrelation'] as const;
export type StrategyName = (typeof strategyNames)[number];

/** The first event that a group wants: a revision or position (inclusive), or one of the ends. */
export type StartFrom = number | 'start' | 'end';

export interface GroupSettings {
  startFrom: StartFrom;
  resolveLinks: boolean;
  /** Measure how long consumers take. */
  extraStatistics: boolean;
  /** Milliseconds until an event that nobody acknowledged is sent again; 0 means never. */
  messageTimeout: number;
  /** An event that was sent again so often is parked instead. */
  maxRetryCount: number;
  /** Milliseconds between two checkpoints; 0 means that only their number counts. */
  checkpointAfter: number;
  minCheckpointCount: number;
  maxCheckpointCount: number;
  /** 0 means any number. */
  maxSubscriberCount: number;
  /** Events that wait in memory: those just committed, those of one read, and all together. */
  liveBufferSize: number;
  readBatchSize: number;
  historyBufferSize: number;
  strategy: StrategyName;
}

/** The name that stands for everything, as if it were a stream. */
export const allStream = '$all';

export interface GroupKey {
  /** `$all` for everything. */
  stream: string;
  name: string;
}

export interface GroupDefinition extends GroupKey {
  settings: GroupSettings;
  /** Of a group on everything: the FilterOptions message as the client sent it, in base64. */
  filter?: string;
}

/** What the protocol calls a group where one text must do. */
export const groupId = ({ stream, name }: GroupKey): string => `${stream}::${name}`;

export const parkedStreamOf = (key: GroupKey): string => `$persistentsubscription-${groupId(key)}-parked`;
