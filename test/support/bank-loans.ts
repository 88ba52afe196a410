import { existsSync, openAsBlob } from 'node:fs';
import { resolve } from 'node:path';
import type { Parts } from './client.ts';

/** The real event log that tests use where it lies beside the project; the project ships no data set. */
const folder = resolve('../shared/data/bank-loans');

export const bankLoansAreHere = existsSync(resolve(folder, 'events.csv.gz'));
export const bankLoans = async (): Promise<Parts> => ({
  file: await openAsBlob(resolve(folder, 'events.csv.gz')),
  mapping: await openAsBlob(resolve(folder, 'mapping.json')),
});
