import { KeptService, type RestartPolicy } from './kept-service.ts';
import { CannotStart } from './cannot-start.ts';
import type { Output, Service } from './service.ts';

export interface Supervision {
  /** Those of one stage start together, once the stage before is ready. They stop one by one in the reverse order. */
  readonly stages: readonly (readonly Service[])[];
  readonly policy: RestartPolicy;
  readonly output: Output;
  /** Asks for the end. */
  readonly stop: AbortSignal;
  readonly onReady: () => Promise<void>;
}

/**
 * Runs the services until it is asked to stop. Throws {@link CannotStart} when one does not start or dies too often.
 * Either way everything is stopped when it returns.
 */
export const supervise = async ({ stages, policy, output, stop, onReady }: Supervision): Promise<void> => {
  if (stop.aborted) return;
  const givenUp = Promise.withResolvers<never>();
  const keeping = { policy, output, onGivenUp: (reason: string) => givenUp.reject(new CannotStart(reason)) };
  const kept = stages.map((services) => services.map((service) => new KeptService(service, keeping)));
  const startAll = async () => {
    for (const stage of kept) await Promise.all(stage.map((service) => service.start()));
    if (!stop.aborted) await onReady();
    await new Promise<never>(() => undefined);
  };
  try {
    await Promise.race([startAll(), givenUp.promise, aborted(stop)]);
  } finally {
    for (const service of kept.flat().reverse()) await service.stop();
  }
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
