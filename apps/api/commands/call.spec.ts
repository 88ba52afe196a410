import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem-error.ts';
import { callOf, newIdOf } from './call.ts';

const request = (headers: Record<string, string> = {}, body: unknown = {}, user = 'anna'): FastifyRequest =>
  ({
    ...{ method: 'POST', url: '/api/deals?x=1', headers, body },
    user: { id: user, role: 'rep', expiresAt: Infinity },
  }) as unknown as FastifyRequest;
const key = { 'idempotency-key': 'first try' };

describe('what a command says about itself', () => {
  it('is the same command under the same key of the same user', () => {
    const [one, again] = [callOf(request(key), undefined), callOf(request(key), undefined)];
    expect(again.commandId).toBe(one.commandId);
    expect(newIdOf(again)).toBe(newIdOf(one));
    expect(callOf(request(key, {}, 'ben'), undefined).commandId).not.toBe(one.commandId);
    expect(callOf(request({ 'idempotency-key': 'second try' }), undefined).commandId).not.toBe(one.commandId);
  });

  it('is a new command each time without a key', () => {
    expect(callOf(request(), undefined).commandId).not.toBe(callOf(request(), undefined).commandId);
  });

  it('has a fingerprint of its content, whatever the order of its fields', () => {
    const printOf = (body: unknown) => callOf(request(key, body), undefined).fingerprint;
    expect(printOf({ a: 1, b: { c: 2, d: [3, 4] } })).toBe(printOf({ b: { d: [3, 4], c: 2 }, a: 1 }));
    expect(printOf({ a: 1, b: [3, 4] })).not.toBe(printOf({ a: 1, b: [4, 3] }));
    expect(printOf(undefined)).toBe(printOf({}));
  });

  it('happened when it says so, else now', () => {
    expect(callOf(request(), 5).at).toBe(5);
    const { at, now } = callOf(request(), undefined);
    expect(at).toBe(now);
  });

  it.each(['3', '"x"', '""', 'W/"3"', '"3", "4"', '*'])('refuses %s as a revision', (tag) => {
    expect(() => callOf(request({ 'if-match': tag }), undefined)).toThrow(ProblemError);
  });

  it('reads the revision it was decided on', () => {
    expect(callOf(request({ 'if-match': '"3"' }), undefined)).toMatchObject({ expectedRevision: 3 });
    expect(callOf(request(), undefined)).not.toHaveProperty('expectedRevision');
  });
});
