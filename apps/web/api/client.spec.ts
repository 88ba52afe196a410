import { addressOf } from './client.ts';

describe('the address of a request', () => {
  it('carries what is given, and nothing of what is not', () =>
    expect(addressOf('/api/deals/:id/history', { params: { id: 'a/b' }, query: { limit: 5, cursor: undefined } })).toBe(
      '/api/deals/a%2Fb/history?limit=5',
    ));

  it('needs no question mark without a question', () =>
    expect(addressOf('/api/me', { query: { asOf: undefined } })).toBe('/api/me'));
});
