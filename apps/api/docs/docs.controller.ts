import { openApiOf, routes } from '@funnel/contracts';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { docsFile, docsPage, type PageFile } from './swagger-files.ts';

const document = JSON.stringify(openApiOf(routes, { version: '1' }));

/** Everything comes from here: the pages work without any other site, and no other site's scripts run in them. */
const policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

const send = (reply: FastifyReply, { type, content }: PageFile): void =>
  void reply.headers({ 'content-type': type, 'content-security-policy': policy }).send(content);

/** The document of the API, for programs and for people. */
@Controller()
export class DocsController {
  @Serves('openApi')
  openApi(@Input() _input: In<'openApi'>, @Res() reply: FastifyReply): void {
    void reply.header('content-type', 'application/json; charset=utf-8').send(document);
  }

  @Serves('docs')
  docs(@Input() _input: In<'docs'>, @Res() reply: FastifyReply): void {
    send(reply, docsPage);
  }

  @Serves('docsFile')
  async file(@Input() { params }: In<'docsFile'>, @Res() reply: FastifyReply): Promise<void> {
    const file = await docsFile(params.file);
    if (!file) throw notFound(`page "${params.file}"`);
    send(reply, file);
  }
}
