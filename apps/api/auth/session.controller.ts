import type { AnswerOf, routes } from '@funnel/contracts';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { SignedIn } from '../http/signed-in.ts';
import { shownInstant } from '../reads/present.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { tokenCookie } from './authentication.ts';
import { SignedTokens } from './token.ts';
import type { User } from './user.ts';

/** Signing in with a browser, and who is signed in. */
@Controller()
export class SessionController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(SignedTokens) private readonly tokens: SignedTokens,
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
      .redirect('/api/docs', 302);
  }

  @Serves('showMe')
  me(@Input() _input: In<'showMe'>, @SignedIn() user: User): AnswerOf<(typeof routes)['showMe']> {
    return { user: user.id, role: user.role, expiresAt: shownInstant(user.expiresAt) };
  }
}
