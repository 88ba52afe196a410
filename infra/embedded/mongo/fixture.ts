import { type Collection, type Db, type Document, MongoClient, type MongoClientOptions } from 'mongodb';
import { startMongo } from './index.ts';

/** A document whose `_id` may be anything, as in these specs. */
export type Any = Document & { _id?: string | number | object };

export interface Fixture {
  readonly port: number;
  readonly client: MongoClient;
  readonly db: Db;
  /** A collection that nobody used before, filled with the documents. */
  collection(...documents: Document[]): Promise<Collection<Any>>;
}

let collections = 0;

/** A server and the official driver for the specs of one file. */
export const useMongo = (options: MongoClientOptions = {}): Fixture => {
  let server: Awaited<ReturnType<typeof startMongo>>;
  let client: MongoClient;
  beforeAll(async () => {
    server = await startMongo({ port: 0 });
    client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}`, options);
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });
  return {
    get port() {
      return server.port;
    },
    get client() {
      return client;
    },
    get db() {
      return client.db('test');
    },
    async collection(...documents) {
      const collection = client.db('test').collection<Any>(`c${++collections}`);
      if (documents.length > 0) await collection.insertMany(documents as never);
      return collection;
    },
  };
};

/** The fields by which a refusal is known. */
export const refusal = async (
  promise: Promise<unknown>,
): Promise<{ code?: unknown; codeName?: unknown; message: string }> => {
  try {
    await promise;
  } catch (error) {
    return error as { code?: unknown; codeName?: unknown; message: string };
  }
  throw new Error('nothing was refused');
};
