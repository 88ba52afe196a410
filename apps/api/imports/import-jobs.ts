import type { ReadStore } from '@funnel/read-store';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Carrier } from '../carrying/carrier.ts';
import { READ_STORE } from '../tokens.ts';
import { importJobs, type ImportErrand } from './carried-import.ts';
import type { ImportJob } from './import-job.ts';
import type { Upload } from './upload.ts';

export type KnownJob = ImportJob & { readonly id: string };

/** Imports that run, and those that ran. */
@Injectable()
export class ImportJobs implements BeforeApplicationShutdown {
  private readonly running = new Set<Promise<void>>();

  constructor(
    @Inject(READ_STORE) private readonly views: ReadStore,
    @Inject(Carrier) private readonly carrier: Carrier,
  ) {}

  /** Begins a job; it goes on after this resolves. */
  async begin(errand: ImportErrand, upload: Upload): Promise<KnownJob> {
    const { id, job } = errand;
    await importJobs(this.views).put(id, job);
    const work = this.carrier
      .imported(errand)
      .then(() => upload.discard())
      .finally(() => this.running.delete(work));
    this.running.add(work);
    return { ...job, id };
  }

  get(id: string): Promise<KnownJob | undefined> {
    return importJobs(this.views).get(id);
  }

  latest(): Promise<KnownJob[]> {
    return importJobs(this.views).find({}, { sort: { startedAt: -1 }, limit: 50 });
  }

  async beforeApplicationShutdown(): Promise<void> {
    // The carrier's own hook comes after this one, so that it would be waited for in vain.
    await this.carrier.stop();
    await Promise.all(this.running);
  }
}
