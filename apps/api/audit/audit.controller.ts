import { proofOf, publicPem } from '@funnel/audit';
import type { AnswerOf, routes } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import { formatPosition, parsePosition } from '@funnel/kernel';
import type { ReadStore } from '@funnel/read-store';
import { dealStream } from '@funnel/sales';
import { Controller, Inject, Res, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createReadStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import type { Settings } from '../settings.ts';
import { EVENT_STORE, READ_STORE, SETTINGS } from '../tokens.ts';
import { readNewestRoot } from './kept-roots.ts';
import { askForRoot } from './signing.ts';
import { sealedLines, verifying } from './verifying.ts';

/** What proves that nobody has changed the log, and lets everybody see for himself. */
@Controller()
export class AuditController implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_STORE) private readonly views: ReadStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Long answers have no end in sight. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  @Serves('auditLog')
  async log(@Input() { query }: In<'auditLog'>, @Res() reply: FastifyReply): Promise<void> {
    const after = query.after === undefined ? undefined : parsePosition(query.after);
    reply.header('x-log-end', formatPosition(await this.store.end()));
    const signal = this.signalOf(reply);
    send(reply, sealedLines(this.store.sealedLog({ ...(after && { after }), signal })));
  }

  @Serves('verifyLog')
  verify(@Input() _input: In<'verifyLog'>, @Res() reply: FastifyReply): void {
    const { rootsFile } = this.settings;
    send(reply, verifying({ store: this.store, rootsFile, signal: this.signalOf(reply) }));
  }

  @Serves('listRoots')
  roots(@Input() _input: In<'listRoots'>, @Res() reply: FastifyReply): void {
    const { rootsFile } = this.settings;
    send(reply, existsSync(rootsFile) ? createReadStream(rootsFile) : []);
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

  /** Aborts when the client goes or the product stops. */
  private signalOf(reply: FastifyReply): AbortSignal {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return AbortSignal.any([gone.signal, this.stopping.signal]);
  }
}

/** Pulled as the socket takes it: a slow client slows the reading down. */
const send = (reply: FastifyReply, lines: Iterable<string> | AsyncIterable<string | Buffer>): void => {
  reply.header('content-type', 'application/x-ndjson').header('cache-control', 'no-store, no-transform');
  void reply.send(Readable.from(lines, { objectMode: false, highWaterMark: 64 * 1024 }));
};
