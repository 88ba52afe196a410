import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { decode, type EventTypes } from '@funnel/kernel';

/** One stored event as it was once written, kept for ever in `<Type>.v<version>.json`. */
export interface Golden {
  readonly type: string;
  readonly version: number;
  readonly data: object;
}

const nameOf = (type: string, version: number): string => `${type}.v${version}.json`;

/** The files that must exist: one for each version that was ever written of each type, the present one included. */
export const goldenNames = (types: EventTypes): string[] =>
  Object.entries(types).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, index) => nameOf(type, index + 1)),
  );

/** What is wrong with a folder of golden files, in a sentence each. */
export const goldenFaults = (types: EventTypes, folder: string): string[] => {
  const wanted = goldenNames(types);
  const stray = readdirSync(folder).filter((name) => !wanted.includes(name));
  return [
    ...stray.map((name) => `${name} belongs to no type and version that can be stored`),
    ...wanted.flatMap((name) => faultOf(types, folder, name)),
  ];
};

export const readGolden = (folder: string, type: string, version: number): Golden =>
  JSON.parse(readFileSync(join(folder, nameOf(type, version)), 'utf8')) as Golden;

const faultOf = (types: EventTypes, folder: string, name: string): string[] => {
  if (!existsSync(join(folder, name))) return [`${name} is missing`];
  const golden = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;
  if (nameOf(golden.type, golden.version) !== name) return [`${name} holds ${golden.type} version ${golden.version}`];
  try {
    const read = decode(types, golden);
    const isPresent = types[golden.type]?.version === golden.version;
    return isPresent && !isDeepStrictEqual(read, golden.data) ? [`${name} is read as something else`] : [];
  } catch (error) {
    return [`${name} cannot be read: ${String((error as Error).cause ?? error)}`];
  }
};
