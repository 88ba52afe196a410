import { userInfo } from 'node:os';
import { SignJWT } from 'jose';

const validForDays = 30;
const audience = 'funnel-ledger';

/** A link that signs the person who started the launcher in as an administrator, for {@link validForDays} days. */
export const signInLink = async (address: string, secret: string): Promise<string> => {
  const token = await new SignJWT({ role: 'admin' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(userName())
    .setIssuedAt()
    .setExpirationTime(`${validForDays} days`)
    .setAudience(audience)
    .sign(new TextEncoder().encode(secret));
  return `${address}/sign-in?token=${token}`;
};

/** A container may run under a user id that has no name. */
const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'admin';
  }
};
