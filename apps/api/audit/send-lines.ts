import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';

/** Pulled as the socket takes it: a slow client slows the reading down. */
export const sendLines = (reply: FastifyReply, lines: Iterable<string> | AsyncIterable<string | Uint8Array>): void => {
  reply.header('content-type', 'application/x-ndjson').header('cache-control', 'no-store, no-transform');
  void reply.send(Readable.from(lines, { objectMode: false, highWaterMark: 64 * 1024 }));
};
