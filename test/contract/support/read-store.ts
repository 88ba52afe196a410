import { randomUUID } from 'node:crypto';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';
import { type EmbeddedServer, startEmbedded } from './embedded-server.ts';

/** A document with an `_id` of any kind. */
export type Any = Document & { _id?: string | number | object };

/** The server under contract, as the specs of one file see it. */
export interface ReadStoreUnderContract {
  readonly client: MongoClient;
  /** A database of this file alone, gone at its end. */
  readonly database: Db;
  /** A collection that nobody used before, with these documents in it. */
  collection(...documents: Document[]): Promise<Collection<Any>>;
}

/** The server at `MONGODB_URL`, or an embedded one where that is not set, for the specs of one file. */
export const useReadStore = (): ReadStoreUnderContract => {
  const name = `contract-${randomUUID()}`;
  let server: EmbeddedServer | undefined;
  let client: MongoClient;
  let collections = 0;

  beforeAll(async () => {
    let url = process.env['MONGODB_URL'];
    if (!url) {
      server = await startEmbedded('mongo');
      url = `mongodb://127.0.0.1:${server.port}`;
    }
    client = await MongoClient.connect(url, { ignoreUndefined: true });
  });
  afterAll(async () => {
    try {
      await client.db(name).dropDatabase();
      await client.close();
    } finally {
      await server?.close();
    }
  });

  return {
    get client() {
      return client;
    },
    get database() {
      return client.db(name);
    },
    async collection(...documents) {
      const collection = client.db(name).collection<Any>(`rows-${collections++}`);
      if (documents.length > 0) await collection.insertMany(documents as never);
      return collection;
    },
  };
};
