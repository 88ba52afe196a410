import { problem } from '@funnel/contracts';
import { StoreUnavailable, StreamConflict } from '@funnel/event-store';
import { OtherVersion, ReadStoreUnavailable } from '@funnel/read-store';
import type { FastifyRequest } from 'fastify';
import { allowedMethods } from './allowed-methods.ts';
import { problemOf } from './problem-of.ts';
import { refused } from './rejections.ts';

const request = (line: string): FastifyRequest => {
  const [method, url] = line.split(' ');
  return { id: 'request-1', method, url, headers: {} } as FastifyRequest;
};
const told = (error: unknown, line = 'POST /api/deals') => {
  const found = problemOf(error, request(line));
  return { ...found.body('request-1'), headers: found.beside.headers };
};

describe('a problem', () => {
  it('of an unforeseen fault tells nothing of the inside', () => {
    const body = told(new TypeError('cannot read secret.key of undefined'));
    expect(problem.parse(body)).toMatchObject({ status: 500, code: 'internal', instance: 'urn:uuid:request-1' });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each([
    ['the event store away', new StoreUnavailable('appending'), 503, 'unavailable'],
    ['the read store away', new ReadStoreUnavailable(), 503, 'unavailable'],
    ['a view of before', new OtherVersion('aging', { wanted: 3, inForce: 2 }), 503, 'view-of-other-version'],
    ['too many writers', new StreamConflict('deal-x', 8), 409, 'conflict'],
  ])('of %s says when to come back', (_, error, status, code) => {
    expect(told(error)).toMatchObject({ status, code, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } });
  });

  it('of an address with another method names the methods it takes', () => {
    const missing = Object.assign(new Error('Not Found'), { statusCode: 404 });
    expect(told(missing, 'PATCH /api/deals/a')).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    expect(told(missing, 'GET /api/deals/a/b/c')).toMatchObject({ status: 404, code: 'not-found' });
    expect(allowedMethods('/api/deals/a/criteria/b')).toEqual(['PUT', 'DELETE']);
  });

  it('of a rule carries what the rule said, and keeps the HTTP status', () => {
    expect(refused({ code: 'deal-not-open', status: 'won' }).body('x')).toMatchObject({
      status: 409,
      code: 'deal-not-open',
      dealStatus: 'won',
      detail: 'The deal is closed as won; reopen it first.',
    });
    expect(refused({ code: 'criteria-unmet', unmet: ['budget'] }).body('x')).toMatchObject({
      status: 422,
      unmet: ['budget'],
    });
  });
});
