import { resolve } from 'node:path';
import { readSettings, withoutPassword } from './settings.ts';

describe('reading the settings', () => {
  it('embeds everything on port 3000 and keeps its data in .data, when nothing is given', () => {
    expect(readSettings({})).toEqual({ port: 3000, embedded: 'auto', dataFolder: resolve('.data') });
  });

  it('takes an empty setting for one that is not given', () => {
    expect(
      readSettings({ PORT: '', EVENTSTORE_URL: '', AUTH_SECRET: '', FUNNEL_DATA: '', FUNNEL_EMBEDDED: '' }),
    ).toEqual(readSettings({}));
  });

  it('takes the URLs of every kind of server', () => {
    const environment = {
      EVENTSTORE_URL: 'kurrentdb+discover://admin:changeit@one:2113,two:2113?tls=true',
      MONGODB_URL: 'mongodb+srv://cluster.example/funnel',
      REDIS_URL: 'rediss://:word@cache:6380/1',
    };
    expect(readSettings(environment)).toMatchObject({
      eventStoreUrl: environment.EVENTSTORE_URL,
      mongoUrl: environment.MONGODB_URL,
      redisUrl: environment.REDIS_URL,
    });
  });

  it.each(['65536', '-1', '3000x', '80.5', ' 80'])('refuses the port %j', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(`PORT is "${PORT}"; expected a whole number up to 65535`);
  });

  it.each([
    ['EVENTSTORE_URL', 'http://localhost:2113', 'esdb://127.0.0.1:2113?tls=false'],
    ['MONGODB_URL', 'mongodb:/localhost', 'mongodb://127.0.0.1:27017/funnel'],
    ['REDIS_URL', 'localhost:6379', 'redis://127.0.0.1:6379'],
  ])('refuses a wrong %s and shows a right one', (name, value, example) => {
    expect(() => readSettings({ [name]: value })).toThrow(`${name} is "${value}"; expected a URL like ${example}`);
  });

  it('takes always and auto for the embedded servers, and refuses what is neither', () => {
    expect(readSettings({ FUNNEL_EMBEDDED: 'always' }).embedded).toBe('always');
    expect(readSettings({ FUNNEL_EMBEDDED: 'auto' }).embedded).toBe('auto');
    expect(() => readSettings({ FUNNEL_EMBEDDED: 'yes' })).toThrow(
      'FUNNEL_EMBEDDED is "yes"; expected always, auto or never.',
    );
  });

  it('names every URL that is missing where no server may be started', () => {
    const attempt = () => readSettings({ FUNNEL_EMBEDDED: 'never', MONGODB_URL: 'mongodb://mongo/funnel' });
    expect(attempt).toThrow(/no server is started here[^]*\n {2}EVENTSTORE_URL, a URL like esdb[^]*\n {2}REDIS_URL, /);
    expect(attempt).not.toThrow('MONGODB_URL');
    const REDIS_URL = 'redis://redis:6379';
    const EVENTSTORE_URL = 'esdb://store:2113';
    const all = { FUNNEL_EMBEDDED: 'never', MONGODB_URL: 'mongodb://mongo/funnel', EVENTSTORE_URL, REDIS_URL };
    expect(readSettings(all)).toMatchObject({ redisUrl: REDIS_URL });
  });

  it('names all wrong settings at once', () => {
    expect(() => readSettings({ PORT: 'x', REDIS_URL: 'y' })).toThrow(/PORT[^]*REDIS_URL/);
  });

  it('refuses a secret that can be guessed, without showing it', () => {
    const attempt = () => readSettings({ AUTH_SECRET: 'swordfish' });
    expect(attempt).toThrow('AUTH_SECRET has 9 characters; expected at least 32 characters.');
    expect(attempt).not.toThrow('swordfish');
  });
});

describe('showing a URL', () => {
  it.each([
    ['redis://:secret@cache:6379', 'redis://:***@cache:6379'],
    ['esdb://admin:s@c:ret@host:2113?tls=false', 'esdb://admin:***@host:2113?tls=false'],
    ['mongodb://one:27017,two:27017/funnel', 'mongodb://one:27017,two:27017/funnel'],
    [
      'mongodb://one/funnel?tlsCertificateKeyFilePassword=x&w=1',
      'mongodb://one/funnel?tlsCertificateKeyFilePassword=***&w=1',
    ],
  ])('shows %s as %s', (url, shown) => expect(withoutPassword(url)).toBe(shown));
});
