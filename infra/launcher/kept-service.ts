import { setTimeout as pause } from 'node:timers/promises';
import type { Output, Running, Service } from './service.ts';

export interface RestartPolicy {
  /** Before the first restart; doubled for each further death within the window. */
  readonly firstPauseMs: number;
  /** So many deaths within the window are too many. */
  readonly deaths: number;
  readonly windowMs: number;
}

export const restartPolicy: RestartPolicy = { firstPauseMs: 250, deaths: 5, windowMs: 60_000 };

export interface Keeping {
  readonly policy: RestartPolicy;
  readonly output: Output;
  /** Told when the service dies too often to be started again. */
  readonly onGivenUp: (reason: string) => void;
}

/** Keeps a service running: one that dies after it was ready is started again, after a growing pause. */
export class KeptService {
  readonly #service: Service;
  readonly #keeping: Keeping;
  readonly #stopping = new AbortController();
  #running: Running | undefined;
  #deaths: number[] = [];

  constructor(service: Service, keeping: Keeping) {
    this.#service = service;
    this.#keeping = keeping;
  }

  /** Resolves when the service is ready; rejects when its first start fails. */
  async start(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const running = this.#launch();
    await running.ready;
    this.#watch(running);
  }

  /** Stops the service for good. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.stop();
  }

  #launch(): Running {
    this.#running = this.#service.launch();
    return this.#running;
  }

  #watch(running: Running): void {
    void running.ended.then((how) => this.#afterDeath(how));
  }

  async #afterDeath(how: string): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { policy, output, onGivenUp } = this.#keeping;
    const { name } = this.#service;
    const now = performance.now();
    this.#deaths = [...this.#deaths, now].filter((at) => now - at < policy.windowMs);
    if (this.#deaths.length >= policy.deaths)
      return onGivenUp(`${name} ended ${policy.deaths} times within ${policy.windowMs / 1_000} s, last with ${how}.`);
    const pauseMs = policy.firstPauseMs * 2 ** (this.#deaths.length - 1);
    output.warn(`${name} ended unexpectedly (${how}): starting it again in ${pauseMs / 1_000} s`);
    await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    if (!this.#stopping.signal.aborted) this.#restart();
  }

  #restart(): void {
    const { output } = this.#keeping;
    const running = this.#launch();
    running.ready.then(
      () => output.say(`${this.#service.name} runs again`),
      // A restart that fails also ends, and counts as a death.
      (error: Error) => this.#stopping.signal.aborted || output.warn(error.message),
    );
    this.#watch(running);
  }
}
