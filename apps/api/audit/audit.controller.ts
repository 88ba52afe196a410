import { proofOf, publicPem } from '@funnel/audit';
import type { AnswerOf, routes } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import type { ReadStore } from '@funnel/read-store';
import { dealStream } from '@funnel/sales';
import { Controller, Inject, Res, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createReadStream, existsSync } from 'node:fs';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import type { Settings } from '../settings.ts';
import { EVENT_STORE, READ_STORE, SETTINGS } from '../tokens.ts';
import { readNewestRoot } from './kept-roots.ts';
import { sendLines } from './send-lines.ts';
import { askForRoot } from './signing.ts';

/** What proves that nobody has changed the log. */
@Controller()
export class AuditController implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_STORE) private readonly views: ReadStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  @Serves('listRoots')
  roots(@Input() _input: In<'listRoots'>, @Res() reply: FastifyReply): void {
    const { rootsFile } = this.settings;
    sendLines(reply, existsSync(rootsFile) ? createReadStream(rootsFile) : []);
  }

  @Serves('signRoot')
  async sign(@Input() _input: In<'signRoot'>): Promise<AnswerOf<(typeof routes)['signRoot']>> {
    return { root: await askForRoot(this.views, this.stopping.signal) };
  }

  @Serves('auditKey')
  async key(@Input() _input: In<'auditKey'>, @Res() reply: FastifyReply): Promise<void> {
    const { root } = await readNewestRoot(this.settings.rootsFile);
    if (!root) throw notFound('key: no root was signed yet');
    void reply.header('content-type', 'application/x-pem-file').send(Buffer.from(publicPem(root.key)));
  }

  @Serves('proveDeal')
  async prove(@Input() { params }: In<'proveDeal'>): Promise<AnswerOf<(typeof routes)['proveDeal']>> {
    const stream = dealStream(params.id);
    const events = [];
    for await (const { event } of this.store.sealedStream(stream)) events.push(event);
    if (events.length === 0) throw new ProblemError('deal-absent', `There is no deal "${params.id}".`);
    const { heads, root } = await readNewestRoot(this.settings.rootsFile);
    const proof = root && (await proofOf({ stream, events, heads, root }));
    if (!proof) throw new ProblemError('not-sealed', `No root covers deal "${params.id}" yet: sign one first.`);
    return proof;
  }
}
