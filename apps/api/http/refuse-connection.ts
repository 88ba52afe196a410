import { titleOf, type ProblemCode } from '@funnel/contracts';
import type { Socket } from 'node:net';

const told: Readonly<Record<string, readonly [status: string, code: ProblemCode, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'malformed', 'The headers are larger than 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'malformed', 'The request did not come in time.'],
};

/** Answers what is not even HTTP, as well as it can be answered, and hangs up. */
export const refuseConnection = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [status, code, detail] = told[error.code ?? ''] ?? ['400 Bad Request', 'malformed', 'This is not HTTP.'];
  const type = `urn:funnel-ledger:problem:${code}`;
  const body = JSON.stringify({ type, code, title: titleOf(code), status: Number(status.slice(0, 3)), detail });
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
};
