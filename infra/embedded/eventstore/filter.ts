import { handlerFailed } from './errors.ts';
import { compileExpression } from './expression.ts';
import type { MessageReader } from './wire/reader.ts';

/** Which events of `$all` a reader wants, and how often it wants to hear how far it has come. */
export interface EventFilter {
  on: 'stream' | 'type';
  matches(subject: string): boolean;
  /** A checkpoint is due after so many events were considered; 0 where the client did not say how often it wants any. */
  checkpointInterval: number;
}

/** What the real server considers in one go if the client does not say. */
const defaultWindow = 32;

/** Reads FilterOptions. Throws for a filter that cannot be applied. */
export const parseFilter = (reader: MessageReader): EventFilter => {
  let subject: Pick<EventFilter, 'on' | 'matches'> | undefined;
  let window = defaultWindow;
  let multiplier = 0;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) subject = { on: 'stream', matches: parseExpression(reader.message()) };
    else if (field === 2) subject = { on: 'type', matches: parseExpression(reader.message()) };
    else if (field === 3) window = reader.number();
    else if (field === 5) multiplier = reader.number();
    else reader.skip();
  }
  if (!subject) throw handlerFailed();
  return { ...subject, checkpointInterval: Math.max(1, window) * multiplier };
};

const parseExpression = (reader: MessageReader): EventFilter['matches'] => {
  let regex = '';
  const prefixes: string[] = [];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) regex = reader.text();
    else if (field === 2) prefixes.push(reader.text());
    else reader.skip();
  }
  if (regex === '') return (subject) => prefixes.some((prefix) => subject.startsWith(prefix));
  const expression = compileExpression(regex);
  return (subject) => expression.test(subject);
};
