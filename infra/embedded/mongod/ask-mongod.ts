import { deserialize, type Document, serialize } from 'bson';
import { connect } from 'node:net';
import type { Address } from '../programs/address.ts';
import { lockHolder } from './lock-file.ts';

const headerSize = 16;
const bodyAt = headerSize + 5;
const messageCode = 2013;

/** The server's answer to one command. Rejects when nothing answers there within a second. */
export const askMongod = (address: Address, command: Document): Promise<Document> =>
  new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const socket = connect(address);
    socket.setTimeout(1_000, () => socket.destroy(new Error(`no answer from ${address.host}:${address.port}`)));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${address.host}:${address.port} hung up`)));
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length < 4 || answer.length < answer.readInt32LE(0)) return;
      socket.destroy();
      try {
        resolve(deserialize(answer.subarray(bodyAt, answer.readInt32LE(0))));
      } catch (error) {
        reject(error as Error);
      }
    });
    socket.write(message(command));
  });

const message = (command: Document): Buffer => {
  const body = serialize({ ...command, $db: 'admin' });
  const bytes = Buffer.alloc(bodyAt + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(messageCode, 12);
  bytes.set(body, bodyAt);
  return bytes;
};

/** The process id of the server on this address, by its own word. Never rejects. */
export const mongodPid = async (address: Address): Promise<number | undefined> => {
  const { pid } = await askMongod(address, { serverStatus: 1 }).catch(() => ({}) as Document);
  return pid === undefined ? undefined : Number(pid);
};

/** Whether the server on this address is the one that serves the folder, and is ready for work. Never rejects. */
export const mongodAnswers = async (address: Address, folder: string): Promise<boolean> => {
  const { isWritablePrimary } = await askMongod(address, { hello: 1 }).catch(() => ({}) as Document);
  return isWritablePrimary === true && (await mongodPid(address)) === lockHolder(folder);
};
