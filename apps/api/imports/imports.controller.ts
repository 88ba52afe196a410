import type { AnswerOf, routes } from '@funnel/contracts';
import { formatPosition } from '@funnel/kernel';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { unauthenticated } from '../auth/token.ts';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { instantOrNull, shownInstant } from '../reads/present.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { positionOf, statusOf } from './import-job.ts';
import { ImportJobs, type KnownJob } from './import-jobs.ts';
import { Imports } from './imports.service.ts';
import { previewOf, type Preview } from './previews.ts';
import { receiveUpload } from './upload.ts';

export type ShownJob = AnswerOf<(typeof routes)['getImport']>;

export const shownJob = ({ updatedAt, ...job }: KnownJob): ShownJob => ({
  ...job,
  mapping: JSON.parse(job.mapping) as Record<string, unknown>,
  notes: [...job.notes],
  status: statusOf({ ...job, updatedAt }, Date.now()),
  startedAt: shownInstant(job.startedAt),
  finishedAt: instantOrNull(job.finishedAt),
  position: formatPosition(positionOf({ ...job, updatedAt })),
});

/** Histories from elsewhere. */
@Controller()
export class ImportsController {
  constructor(
    @Inject(Imports) private readonly imports: Imports,
    @Inject(ImportJobs) private readonly jobs: ImportJobs,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('startImport')
  async start(@Input() { query }: In<'startImport'>, @Req() request: FastifyRequest): Promise<ShownJob> {
    const { user } = request;
    if (!user) throw unauthenticated('Send a token: Authorization: Bearer <token>.');
    const { dryRun, onError, ...wishes } = query;
    const upload = await receiveUpload(request);
    try {
      const actor = { user: user.id, role: user.role };
      return shownJob(await this.imports.start({ upload, actor, dryRun, onError, wishes }));
    } catch (problem) {
      await upload.discard();
      throw problem;
    }
  }

  @Serves('previewImport')
  async preview(@Input() { query }: In<'previewImport'>, @Req() request: FastifyRequest): Promise<Preview> {
    const { partial, ...wishes } = query;
    const upload = await receiveUpload(request, partial);
    try {
      return await previewOf({ upload, partial, wishes, company: this.settings });
    } finally {
      await upload.discard();
    }
  }

  @Serves('getImport')
  async get(@Input() { params }: In<'getImport'>): Promise<ShownJob> {
    const job = await this.jobs.get(params.id);
    if (!job) throw notFound(`import "${params.id}"`);
    return shownJob(job);
  }

  @Serves('listImports')
  async list(@Input() _input: In<'listImports'>): Promise<AnswerOf<(typeof routes)['listImports']>> {
    return { items: (await this.jobs.latest()).map(shownJob), next: null };
  }
}
