import { eventSchema } from '@funnel/contracts';
import { CheckpointAheadOfLog, type EventStore } from '@funnel/event-store';
import { comparePositions, parsePosition, type Position } from '@funnel/kernel';
import { salesViews } from '@funnel/sales-views';
import { Controller, Inject, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed, notFound } from '../problems/problem-error.ts';
import { ReadModels } from '../reads/read-models.ts';
import type { Settings } from '../settings.ts';
import { EVENT_STORE, SETTINGS } from '../tokens.ts';
import { changes } from './changes.ts';
import { lines, liveMessages, type Wanted } from './streams.ts';
import { wantedTypes } from './wanted-types.ts';

const longestTimerMs = 2 ** 31 - 1;
const asksForLive = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/event-stream') ?? false;

/** A client that comes back says by itself where it was. @throws {ProblemError} `malformed` */
const resumedAt = ({ headers }: FastifyRequest): Position | undefined => {
  const resumed = headers['last-event-id'];
  if (resumed === undefined) return undefined;
  const position = parsePosition(`${resumed}`);
  if (position) return position;
  throw malformed([{ path: 'header.Last-Event-ID', expected: 'the id of an event of this feed', got: resumed }]);
};

const startOf = (request: FastifyRequest, after: string | undefined): Position | undefined =>
  (asksForLive(request) ? resumedAt(request) : undefined) ?? (after === undefined ? undefined : parsePosition(after));

/** A proxy must pass on what it gets, not wait for more. */
const passOn = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' };
/** Its end is the end of the connection, which would else be kept for a next request while the product wants to stop. */
const startLive = (reply: FastifyReply): FastifyReply =>
  reply.headers({ ...passOn, 'content-type': 'text/event-stream; charset=utf-8', connection: 'close' });

/** The log for other systems. */
@Controller()
export class FeedController implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(ReadModels) private readonly reads: ReadModels,
  ) {}

  /** Live streams have no end of their own. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  @Serves('followEvents')
  async follow(
    @Input() { query }: In<'followEvents'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { publicUrl } = this.settings;
    const types = wantedTypes(query.types);
    const after = startOf(request, query.after);
    await this.demandReached(after);
    const wanted: Wanted = { after, types, limit: query.limit, publicUrl, signal: this.signalOf(request, reply) };
    const isLive = asksForLive(request);
    if (isLive) startLive(reply);
    else reply.headers({ ...passOn, 'content-type': 'application/x-ndjson' });
    reply.header('vary', 'accept');
    if (request.method === 'HEAD') return void reply.send('');
    const texts = isLive ? liveMessages(this.store, wanted) : lines(this.store, wanted);
    // Pulled one by one as the socket takes them: a slow client slows the reading down.
    return void reply.send(Readable.from(texts, { objectMode: false, highWaterMark: 64 * 1024 }));
  }

  @Serves('followChanges')
  async followChanges(
    @Input() _input: In<'followChanges'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = resumedAt(request) ?? (await this.store.head());
    await this.demandReached(after);
    startLive(reply);
    if (request.method === 'HEAD') return void reply.send('');
    const shown = (position: Position) => this.reads.shown(position, salesViews);
    const told = changes(this.store, { after, shown, signal: this.signalOf(request, reply) });
    return void reply.send(Readable.from(told, { objectMode: false }));
  }

  @Serves('showSchema')
  schema(@Input() { params }: In<'showSchema'>, @Res() reply: FastifyReply): void {
    const schema = eventSchema(params.type, params.version, this.settings.publicUrl);
    if (!schema) throw notFound(`schema of ${params.type} in version ${params.version}`);
    void reply.header('content-type', 'application/schema+json').send(Buffer.from(JSON.stringify(schema)));
  }

  /** A position that the log has not reached was told by another log, or by one that was wiped since. */
  private async demandReached(after: Position | undefined): Promise<void> {
    const end = await this.store.end();
    if (!after || comparePositions(after, end) <= 0) return;
    const { message } = new CheckpointAheadOfLog(after, end);
    throw malformed([{ path: 'query.after', expected: `a position that the log has reached: ${message}` }]);
  }

  /** Aborts when the client goes, its token runs out, or the product stops. */
  private signalOf(request: FastifyRequest, reply: FastifyReply): AbortSignal {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const leftMs = (request.user?.expiresAt ?? 0) - Date.now();
    const expired = AbortSignal.timeout(Math.min(Math.max(leftMs, 0), longestTimerMs));
    return AbortSignal.any([gone.signal, expired, this.stopping.signal]);
  }
}
