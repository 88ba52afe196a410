import { Latencies } from './latencies.ts';
import type { Candidate } from './strategy.ts';

/** An event on its way to the consumers of a group. */
export interface Message {
  /** The event's own id, by which consumers name it; a link's, if it came by a link. */
  readonly id: string;
  /** Its revision or position; undefined if it was parked before and is handled once more. */
  readonly place?: number;
  /** Its number in the progress of the group, if it has a place. */
  readonly number?: number;
  /** The revision in the stream where it was parked, if it was. */
  readonly parkedAt?: number;
  /** What the pinned strategies keep together. */
  readonly pin: string;
  /** The answer that shows it to a reader. */
  readonly stored: Buffer;
  /** How often it was sent in vain. */
  retries: number;
}

/** The way to a client. */
export interface Connection {
  readonly name: string;
  /** How many events the client wants to have unacknowledged at most. */
  readonly bufferSize: number;
  /** The client takes messages as fast as they come. */
  readonly isReady: boolean;
  send(message: Message): void;
  /** Nothing more will come. */
  drop(error: Error): void;
}

/** One client of a group, with what it has been sent. */
export class Consumer implements Candidate {
  readonly connection: Connection;
  readonly latencies: Latencies | undefined;
  inFlight = 0;
  total = 0;

  constructor(connection: Connection, isMeasured: boolean) {
    this.connection = connection;
    this.latencies = isMeasured ? new Latencies() : undefined;
  }

  get freeSlots(): number {
    return this.connection.bufferSize - this.inFlight;
  }

  get hasRoom(): boolean {
    return this.freeSlots > 0 && this.connection.isReady;
  }
}
