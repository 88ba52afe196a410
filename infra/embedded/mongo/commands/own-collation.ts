import type { Command } from '../command.ts';
import { type Compare, readCollation } from '../matching/collation.ts';
import type { Databases } from '../storage/databases.ts';

const ofDocuments = new Set([
  ...['find', 'aggregate', 'count', 'distinct', 'findAndModify', 'findandmodify', 'update', 'delete'],
]);

/** By which texts are equal for a command: what it says itself, or what its collection does. */
export const ownCollation = (command: Command, databases: Databases): Compare | undefined => {
  if (!ofDocuments.has(command.name)) return undefined;
  const given = command.get('collation');
  if (given !== undefined && given !== null) return readCollation(given);
  const name = command.get(command.name);
  return typeof name === 'string' ? databases.collections(command.database).get(name)?.collation : undefined;
};
