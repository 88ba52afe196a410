import type { Fault } from '@funnel/contracts';
import { missingParts, type FileHeader, type Mapping, type Missing } from '@funnel/importing';
import { ProblemError } from '../problems/problem-error.ts';

const listed = (names: readonly string[]): string => names.join(', ');

const headerOf = ({ file }: Missing, files: readonly FileHeader[]): string =>
  listed(files.find(({ name }) => name === file)?.header ?? []);

const inWords = (missing: Missing, files: readonly FileHeader[]): string => {
  const { role, column, file } = missing;
  return column === undefined
    ? `The mapping reads the file "${file}"; there came ${listed(files.map(({ name }) => name))}.`
    : `The mapping names column "${column}" for "${role}"; the file ${file} has ${headerOf(missing, files)}.`;
};

const faultOf = (missing: Missing, files: readonly FileHeader[]): Fault => {
  const { role, column, file } = missing;
  return column === undefined
    ? { path: 'mapping', expected: `a file named "${file}"`, got: listed(files.map(({ name }) => name)) }
    : { path: `mapping.columns.${role}`, expected: `one of ${headerOf(missing, files)}`, got: column };
};

/** Every file and column that a mapping names and that was not sent. */
export const faultsOfParts = (mapping: Mapping, files: readonly FileHeader[]): Fault[] =>
  missingParts(mapping, files).map((missing) => faultOf(missing, files));

/** Whether every file and column that a mapping names was sent. @throws {ProblemError} `mapping-column-missing` */
export const demandParts = (mapping: Mapping, files: readonly FileHeader[]): void => {
  const [missing] = missingParts(mapping, files);
  if (!missing) return;
  throw new ProblemError('mapping-column-missing', inWords(missing, files), { errors: faultsOfParts(mapping, files) });
};
