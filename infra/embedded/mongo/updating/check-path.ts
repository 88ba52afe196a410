import { failure } from '../errors.ts';

export const dollarPrefixed = (name: string, path: string): Error =>
  failure(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );

const isPositional = (name: string): boolean => name === '$' || /^\$\[[^\]]*\]$/.test(name);
const isReference = (name: string): boolean => ['$ref', '$id', '$db'].includes(name);

/** Refuses what cannot be the path of an update. */
export const checkPath = (path: string): void => {
  if (path === '') throw failure('EmptyFieldName', 'An empty update path is not valid.');
  const names = path.split('.');
  if (names.includes('')) {
    throw failure('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (isPositional(names[0]!)) {
    const kind = names[0] === '$' ? "positional (i.e. '$')" : 'array filter';
    throw failure('BadValue', `Cannot have ${kind} element in the first position in path '${path}'`);
  }
  if (names.filter((name) => name === '$').length > 1) {
    throw failure('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  const [first = ''] = names;
  if (first.startsWith('$') && !isReference(first)) throw dollarPrefixed(first, path);
};

/** Refuses what `$rename` cannot do; both paths are good by themselves. */
export const checkRename = (from: string, to: string): void => {
  const shown = `${from}: "${to}"`;
  if (from === to) throw failure('BadValue', `The source and target field for $rename must differ: ${shown}`);
  if (from.startsWith(`${to}.`) || to.startsWith(`${from}.`)) {
    throw failure('BadValue', `The source and target field for $rename must not be on the same path: ${shown}`);
  }
  if (from.split('.').some(isPositional)) {
    throw failure('BadValue', `The source field for $rename may not be dynamic: ${from}`);
  }
  if (to.split('.').some(isPositional)) {
    throw failure('BadValue', `The destination field for $rename may not be dynamic: ${to}`);
  }
};
