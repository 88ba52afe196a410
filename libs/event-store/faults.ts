import { formatPosition, type Position } from '@funnel/kernel';

/** Other writers were faster on the same stream, every time that it was tried. Nothing was written. */
export class StreamConflict extends Error {
  constructor(
    readonly stream: string,
    readonly attempts: number,
    options?: ErrorOptions,
  ) {
    super(`stream ${stream} was changed by others during each of ${attempts} attempts`, options);
    this.name = 'StreamConflict';
  }
}

/** Facts were told of a stream that began with another one than they say. Nothing was written. */
export class StreamBegunOtherwise extends Error {
  constructor(readonly stream: string) {
    super(`stream ${stream} is there already and began otherwise`);
    this.name = 'StreamBegunOtherwise';
  }
}

/**
 * The event store gave no answer in time. What was being written may or may not be there: the same command, sent again,
 * finds out.
 */
export class StoreUnavailable extends Error {
  constructor(
    readonly doing: string,
    options?: ErrorOptions,
  ) {
    super(`the event store gave no answer in time while ${doing}`, options);
    this.name = 'StoreUnavailable';
  }
}

/** A reader remembers more than the log holds: the log was wiped, restored from an older copy, or is another one. */
export class CheckpointAheadOfLog extends Error {
  constructor(
    readonly checkpoint: Position,
    readonly logEnd: Position,
  ) {
    super(
      `the checkpoint ${formatPosition(checkpoint)} is ahead of the log, which ends at ${formatPosition(logEnd)}: ` +
        'the event store was wiped or restored; rebuild what was derived from it',
    );
    this.name = 'CheckpointAheadOfLog';
  }
}
