import { MongoClient } from 'mongodb';
import { reached } from './faults.ts';
import { ReadStore } from './read-store.ts';

/** No call waits longer than these, so that a lost server is noticed instead of hanging a request. */
const deadlines = {
  connectTimeoutMS: 5_000,
  serverSelectionTimeoutMS: 5_000,
  socketTimeoutMS: 30_000,
  waitQueueTimeoutMS: 10_000,
};

const databaseOf = (url: string): string => /^[a-z+]+:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? 'funnel';

/**
 * Opens the read store behind a `mongodb://` URL; the database is the URL's path, `funnel` where there is none.
 * @throws {ReadStoreUnavailable} when the server does not answer within five seconds
 */
export const connectReadStore = async ({ url }: { readonly url: string }): Promise<ReadStore> => {
  // Without `ignoreUndefined` an absent field would come back as null, and a replay would differ from the live row.
  const client = new MongoClient(url, { ...deadlines, ignoreUndefined: true });
  const store = new ReadStore(client, client.db(databaseOf(url)));
  try {
    await reached(client.connect());
    await store.ping();
    return store;
  } catch (error) {
    await client.close();
    throw error;
  }
};
