import type { EventStore } from '@funnel/event-store';
import type { Mapping } from '@funnel/importing';
import type { Actor } from '@funnel/kernel';
import type { ReadStore } from '@funnel/read-store';
import { funnel, funnelAt, funnelStream, type DefinedFunnel } from '@funnel/sales';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '../problems/problem-error.ts';
import { refused } from '../problems/rejections.ts';
import { EVENT_STORE, READ_STORE } from '../tokens.ts';
import { newJob, type ImportJob } from './import-job.ts';
import { runImport } from './run-import.ts';
import type { Upload } from './upload.ts';

export interface ImportWish {
  readonly upload: Upload;
  readonly actor: Actor;
  readonly dryRun: boolean;
  readonly onError: 'stop' | 'skip';
}
export type KnownJob = ImportJob & { readonly id: string };

/** How often the progress of a job is told to others. */
const tellEveryMs = 300;

/** Whether a funnel that is there can take the deals of a mapping. @throws {ProblemError} `funnel-differs` */
const demandSameFunnel = (defined: DefinedFunnel, { funnel: wanted, currency }: Mapping): void => {
  const known = funnelAt(defined, Date.now());
  const keys = new Set(known.stages.map(({ key }) => key));
  const missing = wanted.stages.filter(({ key }) => !keys.has(key)).map(({ key }) => key);
  if (known.currency === currency && missing.length === 0) return;
  const what = missing.length
    ? `lacks the stages ${missing.join(', ')}`
    : `is kept in ${known.currency}, not ${currency}`;
  throw new ProblemError('funnel-differs', `Funnel "${wanted.id}" exists and ${what}; name another id in the mapping.`);
};

/** Runs imports and tells how far they are. */
@Injectable()
export class Imports implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_STORE) private readonly views: ReadStore,
  ) {}

  /** Begins a job; it goes on after this resolves. @throws {ProblemError} */
  async start(wish: ImportWish): Promise<KnownJob> {
    const { upload, actor, dryRun, onError } = wish;
    await this.defineFunnel(upload.mapping, actor, dryRun);
    const id = randomUUID();
    const bytesTotal = (await stat(upload.path)).size;
    const { fileName, mapping } = upload;
    const startedAt = Date.now();
    const job = newJob({
      dryRun,
      onError,
      fileName,
      funnelId: mapping.funnel.id,
      startedBy: actor.user,
      startedAt,
      bytesTotal,
    });
    await this.jobs.put(id, job);
    const work = this.follow(id, job, wish).finally(() => this.running.delete(work));
    this.running.add(work);
    return { ...job, id };
  }

  get(id: string): Promise<KnownJob | undefined> {
    return this.jobs.get(id);
  }

  latest(): Promise<KnownJob[]> {
    return this.jobs.find({}, { sort: { startedAt: -1 }, limit: 50 });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private get jobs() {
    return this.views.documents<ImportJob>('imports');
  }

  /** The first import brings its funnel along; later ones must fit it. */
  private async defineFunnel(mapping: Mapping, actor: Actor, dryRun: boolean): Promise<void> {
    const { id: funnelId, ...described } = mapping.funnel;
    const stream = funnelStream(funnelId);
    const { state } = await this.store.load(funnel, stream);
    if (state.status === 'defined') return demandSameFunnel(state, mapping);
    if (dryRun) return;
    const now = Date.now();
    const definition = { funnelId, ...described, currency: mapping.currency };
    const outcome = await this.store.execute({
      decider: funnel,
      stream,
      command: { type: 'DefineFunnel', definition, at: now, now },
      context: { commandId: randomUUID(), actor, at: now, recordedAt: now },
    });
    if (outcome.kind === 'rejected') throw refused(outcome.rejection);
  }

  private async follow(id: string, job: ImportJob, { upload, actor }: ImportWish): Promise<void> {
    const { mapping, path } = upload;
    const ended = new AbortController();
    const telling = this.tell(id, job, ended.signal);
    await runImport({ id, job, mapping, path, actor, store: this.store, signal: this.stopping.signal });
    ended.abort();
    await telling;
    await upload.discard();
  }

  /** Keeps telling until the job has ended, and then once more. A view store that is away is told later. */
  private async tell(id: string, job: ImportJob, ended: AbortSignal): Promise<void> {
    for (let last = false; ;) {
      job.updatedAt = Date.now();
      const told = await this.jobs.put(id, job).then(
        () => true,
        () => false,
      );
      if (last && (told || this.stopping.signal.aborted)) return;
      await pause(tellEveryMs, undefined, { signal: ended }).catch(() => undefined);
      last = ended.aborted;
    }
  }
}
