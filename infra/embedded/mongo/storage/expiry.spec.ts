import { encodeDocument } from '../bson/decode.ts';
import { readIndex } from '../commands/index-options.ts';
import { Collection } from './collection.ts';
import { removeExpired } from './expiry.ts';

describe('expiry', () => {
  it('removes documents whose date lies further back than the index allows, and no others', () => {
    const collection = new Collection('test.c', Buffer.alloc(16));
    collection.createIndex(readIndex({ key: { at: 1 }, name: 'at', expireAfterSeconds: 10 }));
    const documents = [{ at: new Date(0) }, { at: new Date(5_000) }, { at: 5 }, {}, { at: [new Date(0), new Date(1)] }];
    documents.forEach((fields, _id) => collection.insert(encodeDocument({ _id, ...fields })));
    removeExpired(collection, 14_999);
    expect([...collection.documents()].map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    removeExpired(collection, 15_000);
    expect([...collection.documents()].map(({ sequence }) => sequence)).toEqual([2, 3]);
  });
});
