import type { AnswerOf, routes } from '@funnel/contracts';
import { formatPosition } from '@funnel/kernel';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { unauthenticated } from '../auth/token.ts';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { instantOrNull, shownInstant } from '../reads/present.ts';
import { positionOf, statusOf } from './import-job.ts';
import { Imports, type KnownJob } from './imports.service.ts';
import { receiveUpload } from './upload.ts';

type ShownJob = AnswerOf<(typeof routes)['getImport']>;

const shownJob = ({ updatedAt, ...job }: KnownJob): ShownJob => ({
  ...job,
  status: statusOf({ ...job, updatedAt }, Date.now()),
  startedAt: shownInstant(job.startedAt),
  finishedAt: instantOrNull(job.finishedAt),
  position: formatPosition(positionOf({ ...job, updatedAt })),
});

/** Histories from elsewhere. */
@Controller()
export class ImportsController {
  constructor(@Inject(Imports) private readonly imports: Imports) {}

  @Serves('startImport')
  async start(@Input() { query }: In<'startImport'>, @Req() request: FastifyRequest): Promise<ShownJob> {
    const { user } = request;
    if (!user) throw unauthenticated('Send a token: Authorization: Bearer <token>.');
    const upload = await receiveUpload(request);
    try {
      const actor = { user: user.id, role: user.role };
      return shownJob(await this.imports.start({ upload, actor, ...query }));
    } catch (problem) {
      await upload.discard();
      throw problem;
    }
  }

  @Serves('getImport')
  async get(@Input() { params }: In<'getImport'>): Promise<ShownJob> {
    const job = await this.imports.get(params.id);
    if (!job) throw notFound(`import "${params.id}"`);
    return shownJob(job);
  }

  @Serves('listImports')
  async list(@Input() _input: In<'listImports'>): Promise<AnswerOf<(typeof routes)['listImports']>> {
    return { items: (await this.imports.latest()).map(shownJob), next: null };
  }
}
