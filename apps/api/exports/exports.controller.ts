import type { CloudEvent } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import { parsePosition } from '@funnel/kernel';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { wantedTypes } from '../feed/wanted-types.ts';
import { KnownFunnels } from '../funnels/known-funnels.ts';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed } from '../problems/problem-error.ts';
import type { Settings } from '../settings.ts';
import { EVENT_STORE, SETTINGS } from '../tokens.ts';
import { byCase } from './cases.ts';
import { selectedEvents, type Selection } from './selection.ts';
import { asCsv, asLines, asParquet } from './tables.ts';
import { asXes } from './xes.ts';

type Query = In<'exportEvents'>['query'];
type Pieces = AsyncIterable<string | Uint8Array>;

const mediaTypes: Readonly<Record<Query['format'], string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  xes: 'application/xml; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

const signalOf = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
};

/** The log as files for other programs. */
@Controller()
export class ExportsController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KnownFunnels) private readonly funnels: KnownFunnels,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('exportEvents')
  async export(
    @Input() { query }: In<'exportEvents'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pieces = await this.piecesOf(query, signalOf(reply));
    reply.headers({
      'content-type': mediaTypes[query.format],
      'content-disposition': `attachment; filename="${query.funnel ?? 'events'}.${query.format}"`,
      'cache-control': 'no-store',
    });
    if (request.method === 'HEAD') return void reply.send('');
    // Pulled piece by piece as the socket takes them: a slow client slows the reading down.
    return void reply.send(Readable.from(pieces, { objectMode: false, highWaterMark: 64 * 1024 }));
  }

  private async piecesOf(query: Query, signal: AbortSignal): Promise<Pieces> {
    const { format, types, funnel: funnelId, after, before } = query;
    const { publicUrl } = this.settings;
    const bounds = { after: after && parsePosition(after), before: before && parsePosition(before) } as Selection;
    const selection = { ...bounds, types: wantedTypes(types), funnelId, publicUrl, signal };
    const funnel = funnelId === undefined ? undefined : await this.funnels.at(funnelId, Date.now());
    const events: AsyncIterable<CloudEvent> = selectedEvents(this.store, selection);
    if (format === 'parquet') return asParquet(events);
    if (format !== 'xes') return format === 'csv' ? asCsv(events) : asLines(events);
    if (funnel) return asXes(byCase(events), funnel);
    throw malformed([{ path: 'query.funnel', expected: 'the id of a funnel: a log in XES is that of one process' }]);
  }
}
