import { Redis } from 'ioredis';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call, get, send, until, type Answer } from '../support/client.ts';
import { startProduct, type Product } from '../support/product.ts';

const longAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const amount = { value: '1000.00', currency: 'CNY' };

describe('an alert about a deal that stays too long', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  }, 120_000);
  afterAll(() => product.stop());

  const add = (id: string, days: number, ownerId?: string) =>
    send(product, 'POST', '/api/deals', {
      ...{ id, title: id, customer: { name: id }, amount, funnelId: 'six-step', ownerId },
      occurredAt: longAgo(days),
    });
  const alertsOf = async (deal: string) => (await get<Answer<'listAlerts'>>(product, `/api/alerts?deal=${deal}`)).items;
  const raisedOf = async (deal: string): Promise<number> => {
    const text = await (await call(product, '/api/events?types=AlertRaised')).text();
    return text.split('\n').filter((line) => line.includes(`"dealId":"${deal}"`)).length;
  };
  const alerted = (deal: string) =>
    until(
      () => alertsOf(deal),
      (items) => items.length > 0,
    );

  it('is raised for a deal over its limit, not for one within it', async () => {
    await add('young', 1);
    await add('old', 400);
    const [alert] = await alerted('old');
    expect(alert).toMatchObject({ id: 'dwell-old-1', status: 'open', stage: 'lead', part: 'top', stageEntry: 1 });
    expect(alert?.questions.length).toBeGreaterThan(0);
    expect(await alertsOf('young')).toEqual([]);
  });

  it('is found by the team that its deal belongs to', async () => {
    await send(product, 'POST', '/api/reps', { id: 'anna', name: 'Anna', teamId: 'north', occurredAt: longAgo(500) });
    await send(product, 'POST', '/api/reps', { id: 'ben', name: 'Ben', teamId: 'south', occurredAt: longAgo(500) });
    await add('of-anna', 400, 'anna');
    await add('of-ben', 400, 'ben');
    await Promise.all(['of-anna', 'of-ben'].map(alerted));
    const dealsOf = async (query: string) =>
      (await get<Answer<'listAlerts'>>(product, `/api/alerts?status=open&${query}`)).items.map(({ dealId }) => dealId);
    expect(await dealsOf('team=north')).toEqual(['of-anna']);
    expect(await dealsOf('team=north&owner=ben')).toEqual([]);
    expect(await dealsOf('team=nobody-is-in')).toEqual([]);
    const now = encodeURIComponent(new Date().toISOString());
    expect(await dealsOf(`team=north&asOf=${now}`)).toEqual(['of-anna']);
  });

  it('is acknowledged by a person', async () => {
    await send(product, 'POST', '/api/alerts/dwell-old-1/acknowledge', { note: 'I call' });
    const [alert] = await until(
      () => alertsOf('old'),
      ([first]) => first?.status === 'acknowledged',
    );
    expect(alert).toMatchObject({ note: 'I call', resolvedAt: null });
  });

  it('resolves itself when the deal moves on, and comes anew for the next stage', async () => {
    await send(product, 'POST', '/api/deals/old/advance', { to: 'contact', occurredAt: longAgo(390) });
    const items = await until(
      () => alertsOf('old'),
      (list) => list.length === 2 && list.some(({ status }) => status === 'resolved'),
    );
    expect(items.find(({ id }) => id === 'dwell-old-1')).toMatchObject({ status: 'resolved', because: 'moved-on' });
    expect(items.find(({ id }) => id === 'dwell-old-2')).toMatchObject({ status: 'open', stage: 'contact' });
  });

  it('is raised once, whatever happens to Redis and to the worker', async () => {
    const redisFolder = join(product.dataFolder, 'redis', 'address.json');
    const { port } = JSON.parse(await readFile(redisFolder, 'utf8')) as { port: number };
    const redis = new Redis(port, '127.0.0.1');
    await add('again', 400);
    await redis.flushall();
    await alerted('again');
    process.kill((await product.processes()).worker, 'SIGKILL');
    await redis.flushall();
    redis.disconnect();
    await add('after', 400);
    await alerted('after');
    expect(await raisedOf('again')).toBe(1);
    expect(await raisedOf('after')).toBe(1);
    expect(await raisedOf('old')).toBe(2);
  }, 120_000);

  it('follows a new limit of the stage, both ways', async () => {
    const limit = (days: number) =>
      send(product, 'PUT', '/api/funnels/own', {
        label: 'Own',
        stages: [{ key: 'lead', label: 'Lead', part: 'top', weight: 0.1, maxDwellDays: days }],
      });
    await limit(30);
    await send(product, 'POST', '/api/deals', {
      ...{ id: 'border', title: 'border', customer: { name: 'border' }, amount, funnelId: 'own' },
      occurredAt: longAgo(20),
    });
    await add('witness', 400);
    // Once a deal added later has its alert, a sweep has looked at this one too.
    await alerted('witness');
    expect(await alertsOf('border')).toEqual([]);
    await limit(10);
    expect(await alerted('border')).toMatchObject([{ status: 'open', limitDays: 10 }]);
    await limit(40);
    const [alert] = await until(
      () => alertsOf('border'),
      ([first]) => first?.status === 'resolved',
    );
    expect(alert).toMatchObject({ because: 'limit-changed' });
  }, 120_000);
});
