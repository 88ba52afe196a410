import type { Collection } from 'mongodb';
import { type Any, useReadStore } from '../support/read-store.ts';

const store = useReadStore();
const now = 1_000;

/** Takes the lease if nobody has it, or if it has run out. */
const take = (leases: Collection<Any>, holder: string, expiresAt = now + 100) =>
  leases.findOneAndUpdate(
    { _id: 'aging@1', $or: [{ holder: null }, { expiresAt: { $lte: now } }] },
    { $inc: { epoch: 1 }, $set: { holder, expiresAt }, $unset: { fault: true } },
    { returnDocument: 'after' },
  );
const lease = (more: object) => ({ _id: 'aging@1', epoch: 4, holder: 'anna', expiresAt: now + 50, ...more });

describe('a lease', () => {
  it.each([
    ['nobody has', { holder: null }],
    ['has run out', { expiresAt: now }],
  ])('that %s is taken, and the answer is how it stands then', async (_, standing) => {
    const leases = await store.collection(lease({ ...standing, fault: 'lost' }));
    const taken = { _id: 'aging@1', epoch: 5, holder: 'ben', expiresAt: now + 100 };
    expect(await take(leases, 'ben')).toEqual(taken);
    expect(await leases.findOne({ _id: 'aging@1' })).toEqual(taken);
  });

  it('that somebody has is not taken, and not touched', async () => {
    const held = lease({});
    const leases = await store.collection(held);
    expect(await take(leases, 'ben')).toBeNull();
    expect(await leases.find().toArray()).toEqual([held]);
  });

  it('that does not exist is not made by asking for it', async () => {
    const leases = await store.collection();
    expect(await take(leases, 'ben')).toBeNull();
    expect(await leases.countDocuments()).toBe(0);
  });

  it('is had by exactly one of many who ask at once', async () => {
    const leases = await store.collection(lease({ holder: null }));
    const asked = Array.from({ length: 30 }, (_, index) => take(leases, `holder-${index}`));
    const winners = (await Promise.all(asked)).filter((taken) => taken !== null);
    expect(winners).toHaveLength(1);
    expect(await leases.find().toArray()).toEqual(winners);
    expect(winners[0]).toMatchObject({ epoch: 5 });
  });

  it('that is begun by many at once is begun by exactly one', async () => {
    const leases = await store.collection();
    const begun = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => leases.insertOne(lease({ holder: `holder-${index}` }))),
    );
    const refused = begun.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 19 }, () => 11000));
    expect(await leases.countDocuments()).toBe(1);
  });

  it('gives each of those who take it by force an epoch of its own', async () => {
    const leases = await store.collection(lease({}));
    const force = () =>
      leases.findOneAndUpdate({ _id: 'aging@1' }, { $inc: { epoch: 1 } }, { returnDocument: 'after' });
    const epochs = (await Promise.all(Array.from({ length: 20 }, force))).map((taken) => taken?.['epoch'] as number);
    expect(epochs.sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, index) => index + 5));
  });

  it('that was lost lets nothing be written any more', async () => {
    const leases = await store.collection(lease({ commit: '7' }));
    await leases.updateOne({ _id: 'aging@1' }, { $inc: { epoch: 1 } });
    const mine = { _id: 'aging@1', epoch: 4, holder: 'anna' };
    expect(await leases.updateOne(mine, { $set: { commit: '9' } })).toMatchObject({ matchedCount: 0 });
    expect(await leases.findOne({ _id: 'aging@1' })).toMatchObject({ commit: '7' });
  });

  it('answers how it stood before, where that is asked', async () => {
    const leases = await store.collection(lease({}));
    const update = { $set: { holder: 'ben' } };
    expect(await leases.findOneAndUpdate({ epoch: 4 }, update)).toMatchObject({ holder: 'anna' });
    expect(await leases.findOneAndUpdate({ epoch: 4 }, update, { returnDocument: 'before' })).toMatchObject({
      holder: 'ben',
    });
  });

  it('takes a note once: a filter for "something else than this" also finds the absent', async () => {
    const leases = await store.collection(lease({}));
    const block = () => leases.updateOne({ _id: 'aging@1', blocked: { $ne: 'empty' } }, { $set: { blocked: 'empty' } });
    expect([(await block()).matchedCount, (await block()).matchedCount]).toEqual([1, 0]);
  });
});
