import { BSONSymbol, Double } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

/** The codes that the tests of the server itself ask for. */
const refused: [filter: object, code: number][] = [
  [{ a: { $all: [{ $elemMatch: { b: 1 } }, 1] } }, 2],
  [{ a: { $all: [1, { $elemMatch: { b: 1 } }] } }, 2],
  [{ a: { $all: [{ $gt: 1 }] } }, 2],
  [{ a: { $regex: 'a', $options: 1 } }, 2],
  [{ a: { $regex: 'a\0' } }, 2],
  [{ a: { $regex: 'a', $options: 'i\0' } }, 2],
  [{ a: { $regex: '[' } }, 51091],
  [{ a: { $regex: 'a', $options: 'z' } }, 51108],
  [{ a: { $bitsAllSet: -1 } }, 9],
  [{ a: { $bitsAllSet: new Double(1.5) } }, 9],
  [{ a: { $bitsAllSet: 'text' } }, 2],
  [{ a: { $bitsAllSet: [-1] } }, 2],
  [{ a: { $bitsAllSet: ['text'] } }, 2],
  [{ $text: { $search: 'a' } }, 27],
  [{ $where: 'true' }, 238],
  [{ a: { $near: [1, 1] } }, 238],
  [{ $jsonSchema: { required: [] } }, 9],
  [{ $jsonSchema: { required: ['a', 'a'] } }, 9],
  [{ $jsonSchema: { required: [1] } }, 14],
  [{ $jsonSchema: { required: 'a' } }, 14],
  [{ $jsonSchema: { enum: [] } }, 9],
  [{ $jsonSchema: { enum: [1, 1] } }, 9],
  [{ $jsonSchema: { minLength: -1 } }, 9],
  [{ $jsonSchema: { minLength: 'text' } }, 14],
  [{ $jsonSchema: { multipleOf: 0 } }, 9],
  [{ $jsonSchema: { allOf: [] } }, 2],
  [{ $jsonSchema: { dependencies: { a: [] } } }, 9],
];

describe('the operands of filters', () => {
  const mongo = useMongo();

  it.each(refused)('are refused by the code of the server: %j', async (filter, code) => {
    const collection = await mongo.collection({ a: 1 });
    expect((await refusal(collection.find(filter).toArray())).code).toBe(code);
  });

  it.each([
    ['distinct', { key: 'a\0b' }, 31032],
    ['distinct', { key: 'a', writeConcern: { w: 1 } }, 72],
    ['count', { hint: 'nothing' }, 2],
    ['find', { maxTimeMS: 1.5 }, 9],
    ['find', { let: { a: '$b' } }, 4890500],
    ['find', { let: { a: { $add: [1, '$$ROOT.b'] } } }, 4890500],
    ['killCursors', { cursors: [1] }, 14],
    ['killCursors', { cursors: 1 }, 14],
    ['findAndModify', { remove: true, arrayFilters: [] }, 9],
  ] as const)('of the command %s are refused: %j', async (command, options, code) => {
    const { collectionName } = await mongo.collection({ a: 1 });
    expect((await refusal(mongo.db.command({ [command]: collectionName, ...options }))).code).toBe(code);
  });

  it('find symbols as they find text', async () => {
    const collection = await mongo.collection({ _id: 1, a: new BSONSymbol('text') }, { _id: 2, a: 'other' });
    expect(await collection.countDocuments({ a: /^te/ })).toBe(1);
    expect(await collection.countDocuments({ a: 'text' })).toBe(1);
  });
});
