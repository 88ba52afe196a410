import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { onlyUtf8 } from './only-utf8.ts';

const names = 'id,name\n1,Müller\n2,客户\n3,🏆\n';

/** What comes through of bytes that are sent so many at a time. */
const through = (bytes: Buffer, { size = bytes.length, partial = false } = {}): Promise<Buffer> => {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return buffer(Readable.from(chunks).pipe(onlyUtf8({ name: 'deals.csv', partial })));
};

describe('a file to import', () => {
  it.each([1, 2, 3, 5, 7, 1_000])('comes through in UTF-8, %i bytes at a time', async (size) => {
    expect((await through(Buffer.from(names), { size })).toString()).toBe(names);
  });

  it.each([
    ['Latin-1', Buffer.from('id,name\n1,Mueller\n2,M\u00fcller\n', 'latin1'), 3],
    ['GBK', Buffer.from([...Buffer.from('id,name\n1,'), 0xbf, 0xcd, 0xbb, 0xa7, 0x0a]), 2],
    ['UTF-16', Buffer.from('\ufeffid,name\n', 'utf16le'), 1],
    ['a character that is cut off', Buffer.from(`${names}4,客`).subarray(0, -1), 5],
  ])('is refused where it holds %s, by its line', async (_, bytes, line) => {
    for (const size of [1, 3, 1_000]) {
      await expect(through(bytes, { size })).rejects.toMatchObject({
        code: 'file-unreadable',
        message: expect.stringContaining(`line ${line}.`),
      });
    }
  });

  it('may end within a character where only its beginning is sent', async () => {
    const beginning = Buffer.from(`${names}4,客`).subarray(0, -1);
    expect(await through(beginning, { partial: true })).toEqual(beginning);
  });
});
