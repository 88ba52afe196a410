import { userInfo } from 'node:os';
import { SignJWT } from 'jose';

const validForDays = 30;
const audience = 'funnel-ledger';

/** Speaks for the person who started the launcher, as an administrator, for {@link validForDays} days. */
export const adminToken = (secret: string): Promise<string> =>
  new SignJWT({ role: 'admin' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(userName())
    .setIssuedAt()
    .setExpirationTime(`${validForDays} days`)
    .setAudience(audience)
    .sign(new TextEncoder().encode(secret));

/** A link that signs that person in. */
export const signInLink = async (address: string, secret: string): Promise<string> =>
  `${address}/sign-in?token=${await adminToken(secret)}`;

/** A container may run under a user id that has no name. */
const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'admin';
  }
};
