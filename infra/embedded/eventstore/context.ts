import type { EventLog } from './log/event-log.ts';
import type { StatusError } from './errors.ts';
import type { Groups } from './persistent/groups.ts';

/** What every call may use. */
export interface ServerContext {
  readonly log: EventLog;
  /** The persistent subscriptions. */
  readonly groups: Groups;
  /** Bytes that one append may bring. */
  readonly maxAppendSize: number;
  readonly calls: OpenCalls;
}

/** A call that stays open until somebody ends it. */
export interface OpenCall {
  emit(event: 'error', error: StatusError): boolean;
  once(event: 'cancelled' | 'close', listener: () => void): unknown;
}

/** The calls that would otherwise never end, so that a shutdown can end them. */
export class OpenCalls {
  readonly #calls = new Set<OpenCall>();

  add(call: OpenCall): void {
    this.#calls.add(call);
    call.once('cancelled', () => this.#calls.delete(call));
    call.once('close', () => this.#calls.delete(call));
  }

  endAll(error: StatusError): void {
    for (const call of this.#calls) call.emit('error', error);
    this.#calls.clear();
  }
}
