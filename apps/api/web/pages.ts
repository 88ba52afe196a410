import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A file of the browser's program, with what was compressed when it was built. */
interface Page {
  readonly content: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}
type Encoding = 'br' | 'gzip';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Scripts, styles and data come from here alone, and no other site shows these pages inside its own. */
const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** What carries a digest of its content in its name never changes. */
const isHashed = (path: string): boolean => path.startsWith('/assets/');

const headersOf = (path: string, content: Buffer): Record<string, string> => ({
  'content-type': types[extname(path)] ?? 'application/octet-stream',
  'cache-control': isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
  vary: 'accept-encoding',
  ...(path.endsWith('.html') && { 'content-security-policy': policy }),
});

const readIfThere = (file: string): Promise<Buffer> | undefined => (existsSync(file) ? readFile(file) : undefined);

const readPages = async (folder: string): Promise<Map<string, Page>> => {
  const pages = new Map<string, Page>();
  const entries = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || ['.br', '.gz'].includes(extname(file))) continue;
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const content = await readFile(file);
    const [br, gzip] = await Promise.all([readIfThere(`${file}.br`), readIfThere(`${file}.gz`)]);
    pages.set(path, { content, br, gzip, headers: headersOf(path, content) });
  }
  return pages;
};

const takes = ({ headers }: FastifyRequest, encoding: Encoding): boolean =>
  new RegExp(`(^|[ ,])${encoding}($|[ ,;])(?!q=0($|[ ,]))`).test(`${headers['accept-encoding'] ?? ''}`);

const encodingFor = (request: FastifyRequest, page: Page): Encoding | undefined =>
  (['br', 'gzip'] as const).find((encoding) => page[encoding] && takes(request, encoding));

const send = (request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply => {
  reply.headers(page.headers);
  if (request.headers['if-none-match'] === page.headers['etag']) return reply.status(304).send();
  const encoding = encodingFor(request, page);
  if (encoding) reply.header('content-encoding', encoding);
  return reply.send((encoding && page[encoding]) ?? page.content);
};

/** Addresses of programs; a wrong one among them is told as such, and not answered with a page. */
const isForPrograms = (path: string): boolean => /^\/(api|health|assets|metrics)(\/|$)/.test(path);

/**
 * Answers what no route answers: files of the folder, and for every other address the page that finds its room by
 * itself. Read once, so that nothing outside the folder can be asked for.
 */
export const servePages = async (instance: FastifyInstance, folder: string): Promise<void> => {
  const pages = await readPages(folder);
  const start = pages.get('/index.html');
  const pageFor = (path: string): Page | undefined => pages.get(path) ?? (isForPrograms(path) ? undefined : start);
  instance.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== undefined || !['GET', 'HEAD'].includes(request.method)) return;
    const page = pageFor(request.url.split('?', 1)[0] ?? '/');
    if (page) return send(request, reply, page);
  });
};
