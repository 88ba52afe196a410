import { read } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import { mapping as mappingSchema, type Mapping, type MappingFile } from '@funnel/importing';
import type { Actor } from '@funnel/kernel';
import { funnel, funnelAt, funnelStream, type DefinedFunnel } from '@funnel/sales';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { malformed, ProblemError } from '../problems/problem-error.ts';
import { refused } from '../problems/rejections.ts';
import type { Settings } from '../settings.ts';
import { EVENT_STORE, SETTINGS } from '../tokens.ts';
import { demandParts } from './demand-parts.ts';
import { newJob } from './import-job.ts';
import { ImportJobs, type KnownJob } from './import-jobs.ts';
import { proposeFor, sampleOf, type Wishes } from './samples.ts';
import type { Upload } from './upload.ts';

export interface ImportWish {
  readonly upload: Upload;
  readonly actor: Actor;
  readonly dryRun: boolean;
  readonly onError: 'stop' | 'skip';
  /** Needed where no mapping was sent. */
  readonly wishes: Wishes;
}
/** As many rows of each file are looked at to find out how it is to be read. */
const rowsJudged = 50_000;

/** @throws {ProblemError} `malformed` */
const checked = (written: MappingFile): Mapping => {
  const reading = read(mappingSchema, written, 'mapping');
  if (reading.ok) return reading.value;
  throw malformed(reading.faults);
};

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

/** Checks what is to be imported, and begins it. */
@Injectable()
export class Imports {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(ImportJobs) private readonly jobs: ImportJobs,
  ) {}

  /** Begins a job; it goes on after this resolves. @throws {ProblemError} */
  async start(wish: ImportWish): Promise<KnownJob> {
    const { upload, actor, dryRun, onError } = wish;
    const { written, notes } = await this.mappingFor(wish);
    const mapping = checked(written);
    demandParts(mapping, upload.tables);
    await this.defineFunnel(mapping, actor, dryRun);
    const id = randomUUID();
    const fileName = upload.tables.map(({ name }) => name).join(', ');
    const job = newJob({
      ...{ dryRun, onError, fileName, bytesTotal: upload.bytes },
      ...{
        mapping: JSON.stringify(written),
        notes,
        funnelId: mapping.funnel.id,
        startedBy: actor.user,
        startedAt: Date.now(),
      },
    });
    return this.jobs.begin({ id, job, mapping: written, source: upload.source, actor }, upload);
  }

  /** The mapping that was sent, or one that the files tell. */
  private async mappingFor({
    upload,
    wishes,
  }: ImportWish): Promise<{ written: MappingFile; notes: readonly string[] }> {
    if (upload.mapping !== undefined) return { written: upload.mapping, notes: [] };
    const samples = await Promise.all(upload.tables.map((table) => sampleOf(table, { most: rowsJudged })));
    const { mapping, notes } = proposeFor(samples, wishes, this.settings);
    const said = notes.map(({ text }) => text);
    if (mapping) return { written: mapping, notes: said };
    throw new ProblemError('mapping-needed', `Send a mapping. ${said.join(' ')}`);
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
}
