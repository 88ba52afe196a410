import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { RunningCompany, tokenOf } from './running-company.ts';

let company: RunningCompany;
beforeAll(async () => {
  company = await RunningCompany.start();
  const stages = [{ key: 'first', label: 'First', weight: 0.25, part: 'top' }];
  await company.ask('PUT /api/funnels/mill', { body: { label: 'Mill', stages, occurredAt: '2026-01-01T00:00:00Z' } });
});
afterAll(() => company.stop());

const funnel = async (
  words: readonly string[],
  { url = company.url, token }: { url?: string; token?: string } = {},
) => {
  const env = { ...process.env, FUNNEL_URL: url, FUNNEL_TOKEN: token ?? (await tokenOf('manager')) };
  const shell = spawn(process.execPath, ['dist/cli.js', ...words], { env });
  const ended = new Promise<number | null>((done) => void shell.once('close', done));
  const [stdout, stderr, code] = await Promise.all([text(shell.stdout), text(shell.stderr), ended]);
  return { stdout, stderr, code };
};

const january = ['mill', '--from', '2026-01-01', '--to', '2026-01-31'];

describe('at the shell, what is wrong', () => {
  it.each<[string, readonly string[]]>([
    ['There is no funnel "moon"', ['reforecast', 'moon', ...january.slice(1)]],
    ['There was no funnel "mill" on record then', ['reforecast', ...january, '--known-at', '2001-01-01T00:00:00Z']],
    ['expected a date not before 2026-02-01', ['reforecast', 'mill', '--from', '2026-02-01', '--to', '2026-01-31']],
    ['expected a date such as', ['reforecast', 'mill', '--from', '2026-02-30', '--to', '2026-03-31']],
    ['never had "moon" among its stages, which are "first"', ['reforecast', ...january, '--weights', 'moon=.3']],
    ['Expected stage=weight with weights from 0 to 1', ['reforecast', ...january, '--weights', 'first=-.3']],
    ['expected a number from 0 to 1 with at most four', ['reforecast', ...january, '--weights', 'first=1.3']],
    ['Expected each stage once', ['reforecast', ...january, '--weights', 'first=.3,first=.4']],
    ['Expected a whole number', ['alerts', '--wait', 'long']],
    ['Expected a whole number', ['reforecast-deals', 'mill', '--at', '2026-01-31', '--limit', 'many']],
    ['expected an instant in ISO 8601', ['reforecast-deals', 'mill', '--at', '2026-01-32']],
    ['the horizon of 9999 days behind them', ['calibrate', ...january, '--split', '2026-01-15', '--horizon', '9999']],
    ['has a quota, or an amount beside it', ['simulate', 'mill', '--quota', 'company:2150']],
    ['--amount needs --quota', ['simulate', 'mill', '--amount', '5CNY']],
    ['Expected an amount with its currency', ['simulate', 'mill', '--quota', 'company:2150', '--amount', '5']],
    [
      '1 to 60 period ends after which a period is over',
      ['backtest', 'mill', '--from', '2150-01-01', '--to', '2150-01-31'],
    ],
    ['expected an instant in ISO 8601', ['waterfall', 'mill', '--from', '2026-01-01']],
    ['no/where cannot be written: ENOENT', ['export', '--out', 'no/where']],
    ['the id of a funnel', ['export', '--format', 'xes']],
  ])('is told with what was expected: %s', async (told, words) => {
    const { stdout, stderr, code } = await funnel(words);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toContain(told);
    // Said once, without a stack.
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(3);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('need not be found out by trying: help says what has to be named', async () => {
    const { stdout } = await funnel(['calibrate', '--help']);
    const required = stdout.split('\n').filter((line) => line.endsWith('(required)'));
    expect(required.map((line) => line.trim().split(' ')[0])).toEqual(['--from', '--to', '--split']);
  });

  it('has each of its lines where there is much of it', async () => {
    const { stderr } = await funnel(['reforecast', 'mill', '--from', 'then', '--to', 'now']);
    expect(stderr.trim().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^ {2}\$\.from: expected a date/),
      expect.stringMatching(/^ {2}\$\.to: expected a date/),
    ]);
  });

  it('may be a token that is none', async () => {
    const { stderr, code } = await funnel(['views'], { token: 'two\nlines' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'funnel: FUNNEL_TOKEN is no token; funnel token makes one\n' });
  });

  it('may be that nobody answers', async () => {
    const { stderr, code } = await funnel(['reforecast', ...january], { url: 'http://127.0.0.1:1' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('is it running?') });
  });
});
