import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Address {
  readonly host: string;
  readonly port: number;
}

const addressFile = (folder: string): string => join(folder, 'address.json');

/** Leaves word in the folder of where its server listens, for the next start to find. */
export const rememberAddress = (folder: string, address: Address): void =>
  writeFileSync(addressFile(folder), JSON.stringify(address));

export const forgetAddress = (folder: string): void => rmSync(addressFile(folder), { force: true });

export const rememberedAddress = (folder: string): Address | undefined => {
  if (!existsSync(addressFile(folder))) return undefined;
  try {
    return JSON.parse(readFileSync(addressFile(folder), 'utf8')) as Address;
  } catch {
    return undefined; // A torn write: the server had not been started yet.
  }
};
