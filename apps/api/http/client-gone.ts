import type { FastifyReply } from 'fastify';

/** Aborts when the client goes, or has been answered. */
export const clientGone = ({ raw }: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  return gone.signal;
};
