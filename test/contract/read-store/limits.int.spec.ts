import { useReadStore } from '../support/read-store.ts';
import { refusal } from '../support/waiting.ts';

const store = useReadStore();
const mebibyte = 1024 * 1024;

describe('a document', () => {
  it('may have nearly 16 MiB', async () => {
    const rows = await store.collection();
    await rows.insertOne({ _id: 1, filling: 'x'.repeat(16 * mebibyte - 100) });
    expect((await rows.findOne({ _id: 1 }))?.['filling']).toHaveLength(16 * mebibyte - 100);
  });

  it('of more is refused', async () => {
    const rows = await store.collection();
    await refusal(rows.insertOne({ _id: 1, filling: 'x'.repeat(16 * mebibyte) }));
    await refusal(rows.replaceOne({ _id: 1 }, { filling: 'x'.repeat(16 * mebibyte) }, { upsert: true }));
    expect(await rows.countDocuments()).toBe(0);
  });

  it('cannot grow to more, and stays as it was', async () => {
    const rows = await store.collection({ _id: 1, list: ['x'.repeat(9 * mebibyte)] });
    await refusal(rows.updateOne({ _id: 1 }, { $push: { list: 'y'.repeat(9 * mebibyte) } } as never));
    expect((await rows.findOne({ _id: 1 }))?.['list']).toHaveLength(1);
  });

  it('may be deep', async () => {
    let deep: object = { end: true };
    for (let depth = 0; depth < 90; depth += 1) deep = { deep };
    const rows = await store.collection({ _id: 1, deep });
    expect(await rows.findOne({ _id: 1 })).toEqual({ _id: 1, deep });
  });
});

/** What the product must do without, because its smallest installation does not have it. */
describe('a server that stands alone', () => {
  const standsAlone = async (): Promise<boolean> => {
    const hello = await store.client.db('admin').command({ hello: 1 });
    return hello['setName'] === undefined && hello['msg'] !== 'isdbgrid';
  };

  it('refuses a transaction, and does nothing of it', async () => {
    if (!(await standsAlone())) return;
    const rows = await store.collection({ _id: 1 });
    const work = store.client.withSession((session) =>
      session.withTransaction(() => rows.insertOne({ _id: 2 }, { session })),
    );
    // IllegalOperation; the driver wraps it in words of its own.
    expect(await refusal(work)).toMatchObject({ originalError: { code: 20 } });
    expect(await rows.countDocuments()).toBe(1);
  });

  it('refuses to tell of changes', async () => {
    if (!(await standsAlone())) return;
    const changes = (await store.collection({ _id: 1 })).watch();
    expect(await refusal(changes.next())).toMatchObject({ code: 40573 });
    await changes.close();
  });
});
