import { parsePosition } from '@funnel/kernel';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Carrier } from '../carrying/carrier.ts';
import { wantedTypes } from '../feed/wanted-types.ts';
import { KnownFunnels } from '../funnels/known-funnels.ts';
import { clientGone } from '../http/client-gone.ts';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed } from '../problems/problem-error.ts';
import type { ExportWish } from './exported.ts';

type Query = In<'exportEvents'>['query'];

const mediaTypes: Readonly<Record<Query['format'], string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  xes: 'application/xml; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** Headers take ASCII alone: a name in other letters goes encoded beside a plain one (RFC 6266). */
const named = (name: string, format: string): string => {
  if (/^[\x20-\x7e]*$/.test(name)) return `filename="${name}.${format}"`;
  return `filename="events.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`;
};

/** The log as files for other programs. */
@Controller()
export class ExportsController {
  constructor(
    @Inject(Carrier) private readonly carrier: Carrier,
    @Inject(KnownFunnels) private readonly funnels: KnownFunnels,
  ) {}

  @Serves('exportEvents')
  async export(
    @Input() { query }: In<'exportEvents'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wish = await this.wishOf(query);
    reply.headers({
      'content-type': mediaTypes[query.format],
      'content-disposition': `attachment; ${named(query.funnel ?? 'events', query.format)}`,
      'cache-control': 'no-store',
    });
    if (request.method === 'HEAD') return void reply.send('');
    // Pulled piece by piece as the socket takes them: a slow client slows the reading down.
    const bytes = this.carrier.sent({ kind: 'export', wish }, clientGone(reply));
    return void reply.send(Readable.from(bytes, { objectMode: false, highWaterMark: 64 * 1024 }));
  }

  private async wishOf({ format, types, funnel: funnelId, after, before }: Query): Promise<ExportWish> {
    const bounds = { after: after && parsePosition(after), before: before && parsePosition(before) };
    const selection = { ...(bounds as ExportWish['selection']), types: wantedTypes(types), funnelId };
    const funnel = funnelId === undefined ? undefined : await this.funnels.at(funnelId, Date.now());
    if (format !== 'xes') return { format, selection };
    if (funnel) return { format, selection, funnel };
    throw malformed([{ path: 'query.funnel', expected: 'the id of a funnel: a log in XES is that of one process' }]);
  }
}
