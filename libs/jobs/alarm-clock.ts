import { Queue, Worker, type Job, type JobsOptions } from 'bullmq';
import { setTimeout as pause } from 'node:timers/promises';
import { connectRedis } from './connection.ts';

/** Something to do, at once or at an instant. The same id waits only once. */
export interface Alarm<Task> {
  /** No `:`; not all digits. Without one every call is an alarm of its own. */
  readonly id?: string;
  readonly task: Task;
  /** Milliseconds since 1970; at once when absent or past. */
  readonly at?: number;
}

export interface AlarmClock<Task> {
  /** Sets many alarms in one round trip. */
  ring(alarms: readonly Alarm<Task>[]): Promise<void>;
  /** Rings again and again; saying it again changes the interval and heals a flushed Redis. */
  ringEvery(milliseconds: number, id: string, task: Task): Promise<void>;
  /** Alarms that have rung and wait for a hand, or are being worked on. */
  unfinished(): Promise<number>;
  close(): Promise<void>;
}

export interface AlarmClockSettings<Task> {
  readonly url: string;
  readonly name: string;
  /** What to do when an alarm rings. It must bear to be called twice: a stalled alarm rings again. */
  readonly onRing?: (task: Task) => Promise<void>;
  readonly concurrency?: number;
  /** An alarm whose work failed for good: it will be found and set again by whoever looks for due work. */
  readonly onFailure?: (task: Task, fault: Error) => void;
}

// Nothing of a finished alarm is kept: a retained failed job would silently block its id for ever.
const kept: JobsOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 3,
  backoff: { type: 'exponential', delay: 500 },
};

/** Timers in Redis. They are a convenience: who sets them must be able to find again what is due. */
export const connectAlarmClock = <Task>(settings: AlarmClockSettings<Task>): AlarmClock<Task> => {
  const { url, name, onRing, onFailure } = settings;
  const connection = connectRedis(url);
  const queue = new Queue(name, { connection, defaultJobOptions: kept });
  queue.on('error', () => undefined);
  const worker = onRing && listen({ ...settings, onRing }, (task, fault) => onFailure?.(task, fault));

  return {
    ring: async (alarms) => {
      const now = Date.now();
      const jobs = alarms.map(({ id, task, at = now }) => ({
        name,
        data: task,
        opts: { delay: Math.max(0, at - now), ...(id && { jobId: id }) },
      }));
      await queue.addBulk(jobs);
    },
    ringEvery: async (milliseconds, id, task) => {
      await queue.upsertJobScheduler(id, { every: milliseconds }, { name, data: task, opts: kept });
    },
    unfinished: async () => {
      const counts = await queue.getJobCounts('wait', 'active');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    close: async () => {
      await worker?.close();
      await isOverWithin(patienceMs, queue.close());
      connection.disconnect();
    },
  };
};

/** How long a stop waits for what is being worked on, or for a Redis that is away; what is not done rings again. */
const patienceMs = 2_000;

const isOverWithin = async (ms: number, work: Promise<unknown>): Promise<boolean> => {
  const waiting = new AbortController();
  const over = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([over, pause(ms, false, { signal: waiting.signal }).catch(() => false)]);
  } finally {
    waiting.abort();
  }
};

const listen = <Task>(
  { url, name, onRing, concurrency = 4 }: AlarmClockSettings<Task> & Required<Pick<AlarmClockSettings<Task>, 'onRing'>>,
  onFailure: (task: Task, fault: Error) => void,
) => {
  const connection = connectRedis(url);
  const running = new Set<Promise<void>>();
  const perform = ({ data }: Job<Task>): Promise<void> => {
    const work: Promise<void> = onRing(data).finally(() => running.delete(work));
    running.add(work);
    return work;
  };
  const worker = new Worker<Task>(name, perform, { connection, concurrency });
  worker.on('error', () => undefined);
  worker.on('failed', (job: Job<Task> | undefined, fault) => {
    if (job && job.attemptsMade >= (job.opts.attempts ?? 1)) onFailure(job.data, fault);
  });
  return {
    close: async () => {
      await worker.pause(true);
      const isDone = await isOverWithin(patienceMs, Promise.allSettled(running));
      await isOverWithin(patienceMs, worker.close(!isDone || connection.status !== 'ready'));
      connection.disconnect();
    },
  };
};
