import { read, routes } from './index.ts';

const deal = {
  title: 'Pumps',
  customer: { name: 'North Works' },
  amount: { value: '1000000.00', currency: 'CNY' },
  funnelId: 'six-step',
};
const faultsOf = (body: unknown) => {
  const reading = read(routes.createDeal.body, body, '$');
  return reading.ok ? [] : reading.faults;
};

describe('reading a request', () => {
  it('turns amounts and instants into the terms of the product', () => {
    const reading = read(routes.createDeal.body, { ...deal, occurredAt: '2026-07-01T08:00:00+08:00' }, '$');
    expect(reading).toMatchObject({
      ok: true,
      value: { amount: { minor: 100_000_000, currency: 'CNY' }, occurredAt: Date.parse('2026-07-01T00:00:00Z') },
    });
  });

  it('tells every fault with its place, what was expected and what stood there', () => {
    expect(faultsOf({ ...deal, title: '', customer: { name: 7 }, colour: 'red' })).toEqual([
      { path: '$.title', expected: 'text that is not empty', got: '' },
      { path: '$.customer.name', expected: 'text', got: 7 },
      { path: '$.colour', expected: 'no such field', got: 'red' },
    ]);
  });

  it.each([
    [
      'as a number',
      { value: 5, currency: 'CNY' },
      '$.amount.value',
      'a decimal in quotes, such as "1000000.00" (a JSON number would lose digits)',
    ],
    ['with five decimals', { value: '5.12345', currency: 'CNY' }, '$.amount.value', /^at most 2 decimals for CNY/],
    ['with decimals in yen', { value: '5.1', currency: 'JPY' }, '$.amount.value', /^at most 0 decimals for JPY/],
    ['in words', { value: 'much', currency: 'CNY' }, '$.amount.value', 'a decimal such as "1000000.00"'],
    [
      'in no currency',
      { value: '5.00', currency: 'XQQ' },
      '$.amount.currency',
      'an ISO 4217 currency code, such as CNY',
    ],
    ['without a currency', { value: '5.00' }, '$.amount.currency', 'an ISO 4217 currency code'],
    [
      'beyond what is counted exactly',
      { value: '99999999999999.00', currency: 'CNY' },
      '$.amount.value',
      /minor units/,
    ],
  ])('refuses an amount %s', (_, amount, path, expected) => {
    expect(faultsOf({ ...deal, amount })).toEqual([
      expect.objectContaining({
        path,
        expected: typeof expected === 'string' ? expected : expect.stringMatching(expected),
      }),
    ]);
  });

  it('leaves a negative amount to the rules', () => {
    expect(faultsOf({ ...deal, amount: { value: '-5.00', currency: 'CNY' } })).toEqual([]);
  });

  it.each(['2026-07-01', '2026-07-01T08:00:00', '9999-01-01T00:00:00Z', '2026-02-30T08:00:00Z', 'soon'])(
    'refuses %s as an instant',
    (occurredAt) => {
      const expected = 'an instant in ISO 8601 with offset, from 1970 to 2199';
      expect(faultsOf({ ...deal, occurredAt })).toEqual([{ path: '$.occurredAt', expected, got: occurredAt }]);
    },
  );

  it('refuses a date that is none, or beyond the years the product counts', () => {
    const refused = ['2026-02-30', '2200-01-01', '9999-12-31'].map((expectedClose) =>
      faultsOf({ ...deal, expectedClose }),
    );
    expect(refused.map(([fault]) => fault?.path)).toEqual(['$.expectedClose', '$.expectedClose', '$.expectedClose']);
  });

  it('names a place within a list, and is not fooled by a body that is no object', () => {
    const reading = read(
      routes.putFunnel.body,
      { label: 'x', stages: [{ key: 'a b', label: 'x', weight: 0.25001 }] },
      '$',
    );
    expect(reading).toMatchObject({
      faults: [{ path: '$.stages[0].key' }, { path: '$.stages[0].weight' }, { path: '$.stages[0].part' }],
    });
    expect(faultsOf(null)).toEqual([{ path: '$', expected: 'an object', got: null }]);
    expect(faultsOf([])).toEqual([{ path: '$', expected: 'an object', got: 'a list' }]);
  });

  it('reads whole numbers of a query, and refuses what only looks like one', () => {
    const limitOf = (limit: unknown) => read(routes.listDeals.query, { limit }, 'query');
    expect(limitOf('200')).toMatchObject({ ok: true, value: { limit: 200 } });
    for (const limit of ['0', '201', '1e2', ' 5', '-1', '', ['1', '2']]) {
      expect(limitOf(limit)).toMatchObject({
        ok: false,
        faults: [{ path: 'query.limit', expected: 'a whole number from 1 to 200' }],
      });
    }
  });
});
