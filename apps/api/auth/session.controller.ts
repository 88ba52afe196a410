import type { AnswerOf, routes } from '@funnel/contracts';
import { deals } from '@funnel/sales-views';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { SignedIn } from '../http/signed-in.ts';
import { instantOrNull, shownInstant } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { tokenCookie } from './authentication.ts';
import { demandSameOrigin } from './same-origin.ts';
import { SignedTokens } from './token.ts';
import type { User } from './user.ts';

/** Signing in with a browser, and who is signed in. */
@Controller()
export class SessionController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(SignedTokens) private readonly tokens: SignedTokens,
    @Inject(ReadModels) private readonly reads: ReadModels,
  ) {}

  @Serves('signIn')
  async signIn(@Input() { query }: In<'signIn'>, @Res() reply: FastifyReply): Promise<void> {
    const { expiresAt } = await this.tokens.userOf(query.token);
    void reply
      .setCookie(tokenCookie, query.token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: this.settings.publicUrl.startsWith('https:'),
        expires: new Date(expiresAt),
      })
      .header('cache-control', 'no-store')
      .redirect('/', 302);
  }

  @Serves('signOut')
  signOut(@Input() _input: In<'signOut'>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    demandSameOrigin(request);
    void reply.clearCookie(tokenCookie, { path: '/' }).send({ status: 'signed-out' });
  }

  @Serves('showMe')
  me(@Input() _input: In<'showMe'>, @SignedIn() user: User): AnswerOf<(typeof routes)['showMe']> {
    return { user: user.id, role: user.role, expiresAt: shownInstant(user.expiresAt) };
  }

  @Serves('showCompany')
  async company(@Input() _input: In<'showCompany'>): Promise<AnswerOf<(typeof routes)['showCompany']>> {
    const { timeZone, baseCurrency } = this.settings;
    const first = await this.reads.view(deals).find({}, { sort: { addedAt: 1 }, limit: 1 });
    const firstAt = instantOrNull(first.rows[0]?.addedAt ?? null);
    return { timeZone, baseCurrency, firstAt, lastAt: instantOrNull(await this.lastChange()) };
  }

  /** Asked status by status, as the view is indexed. */
  private async lastChange(): Promise<number | null> {
    const newest = { sort: { changedAt: -1 }, limit: 1 } as const;
    const found = await Promise.all(
      (['open', 'won', 'lost'] as const).map((status) => this.reads.view(deals).find({ status }, newest)),
    );
    const instants = found.flatMap(({ rows }) => rows.map(({ changedAt }) => changedAt));
    return instants.length > 0 ? Math.max(...instants) : null;
  }
}
