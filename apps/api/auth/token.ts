import { userRoles } from '@funnel/contracts';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';
import type { User } from './user.ts';

const audience = 'funnel-ledger';
const tokensRemembered = 1_000;

const claims = z.object({ sub: z.string().min(1).max(200), role: z.enum(userRoles), exp: z.number() });

export const unauthenticated = (detail: string): ProblemError =>
  new ProblemError('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer realm="funnel-ledger"' } });

/** Reads tokens signed with the shared secret. Checking a signature costs more than a command, so it is done once. */
export class SignedTokens {
  private readonly key: Uint8Array;
  private readonly verified = new Map<string, User>();

  constructor(secret: string) {
    this.key = new TextEncoder().encode(secret);
  }

  /** @throws {ProblemError} `unauthenticated`, never saying which check failed */
  async userOf(token: string): Promise<User> {
    const known = this.verified.get(token);
    if (known && known.expiresAt > Date.now()) return known;
    this.verified.delete(token);
    const user = await this.verify(token);
    const [oldest] = this.verified.keys();
    if (this.verified.size >= tokensRemembered && oldest !== undefined) this.verified.delete(oldest);
    this.verified.set(token, user);
    return user;
  }

  private async verify(token: string): Promise<User> {
    try {
      const { payload } = await jwtVerify(token, this.key, { algorithms: ['HS256'], audience });
      const { sub, role, exp } = claims.parse(payload);
      return { id: sub, role, expiresAt: exp * 1_000 };
    } catch {
      throw unauthenticated('The token is not valid or no longer valid; get a new one.');
    }
  }
}
