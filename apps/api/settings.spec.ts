import { readSettings, type WrongSettings } from './settings.ts';

const env = {
  EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false',
  MONGODB_URL: 'mongodb://127.0.0.1:27017/funnel',
  REDIS_URL: 'redis://127.0.0.1:6379',
  AUTH_SECRET: 'a secret of more than 32 characters',
};
const faultsOf = (more: Record<string, string | undefined>): readonly string[] => {
  try {
    readSettings({ ...env, ...more });
    return [];
  } catch (error) {
    return (error as WrongSettings).faults;
  }
};

describe('the settings', () => {
  it('are those of a company in Shanghai unless told otherwise', () => {
    expect(readSettings(env)).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      timeZone: 'Asia/Shanghai',
      baseCurrency: 'CNY',
      logLevel: 'error',
    });
  });

  it('take the other name of the same event store', () => {
    expect(faultsOf({ EVENTSTORE_URL: 'kurrentdb+discover://cluster:2113' })).toEqual([]);
  });

  it('name each one that is wrong, with what was expected', () => {
    expect(
      faultsOf({ PORT: '70000', BASE_CURRENCY: 'XQQ', COMPANY_TIME_ZONE: 'Mars/North', AUTH_MODE: 'none' }),
    ).toEqual([
      'PORT: expected a port from 0 to 65535, got "70000"',
      'AUTH_MODE: expected token, got "none"',
      'COMPANY_TIME_ZONE: expected a time zone such as Asia/Shanghai, got "Mars/North"',
      'BASE_CURRENCY: expected an ISO 4217 currency code such as CNY, got "XQQ"',
    ]);
  });

  it('count as missing where they are empty', () => {
    expect(faultsOf({ AUTH_SECRET: '', PORT: '' })).toEqual([
      'AUTH_SECRET: expected a secret of at least 32 characters',
    ]);
  });

  it('are never repeated where they are secret', () => {
    const [address, secret] = faultsOf({ MONGODB_URL: 'http://root:pa55word@db', AUTH_SECRET: 'too short' });
    expect(address).toBe(
      'MONGODB_URL: expected an address such as mongodb://127.0.0.1:27017/funnel, got "http://…@db"',
    );
    expect(secret).not.toContain('too short');
  });
});
