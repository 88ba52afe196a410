import { userInfo } from 'node:os';
import { jwtVerify } from 'jose';
import { signInLink } from './sign-in.ts';

describe('the sign-in link', () => {
  const secret = 'a-secret-that-is-long-enough-for-hs256';
  const tokenOf = (link: string) => new URL(link).searchParams.get('token')!;
  const verify = (token: string, key: string) =>
    jwtVerify(token, new TextEncoder().encode(key), { audience: 'funnel-ledger', algorithms: ['HS256'] });

  it('signs the person at the terminal in as an administrator for thirty days', async () => {
    const link = await signInLink('http://127.0.0.1:3000', secret);
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\?token=/);
    const { payload } = await verify(tokenOf(link), secret);
    expect(payload).toMatchObject({ sub: userInfo().username, role: 'admin' });
    expect(payload.exp! - payload.iat!).toBe(30 * 24 * 60 * 60);
  });

  it('is worth nothing under another secret', async () => {
    const link = await signInLink('http://127.0.0.1:3000', secret);
    await expect(verify(tokenOf(link), `${secret}!`)).rejects.toThrow('signature verification failed');
  });
});
