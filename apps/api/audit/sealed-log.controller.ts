import type { EventStore } from '@funnel/event-store';
import { formatPosition, parsePosition } from '@funnel/kernel';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Carrier } from '../carrying/carrier.ts';
import { clientGone } from '../http/client-gone.ts';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { EVENT_STORE } from '../tokens.ts';
import { sendLines } from './send-lines.ts';

/** The log as it is stored, and whether anybody has changed it: everybody may see for himself. */
@Controller()
export class SealedLogController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(Carrier) private readonly carrier: Carrier,
  ) {}

  @Serves('auditLog')
  async log(@Input() { query }: In<'auditLog'>, @Res() reply: FastifyReply): Promise<void> {
    const after = query.after === undefined ? undefined : parsePosition(query.after);
    reply.header('x-log-end', formatPosition(await this.store.end()));
    sendLines(reply, this.carrier.sent({ kind: 'sealedLog', after }, clientGone(reply)));
  }

  @Serves('verifyLog')
  verify(@Input() _input: In<'verifyLog'>, @Res() reply: FastifyReply): void {
    sendLines(reply, this.carrier.sent({ kind: 'verification' }, clientGone(reply)));
  }
}
