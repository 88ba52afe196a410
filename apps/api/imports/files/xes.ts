import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import { unreadable, type KeptFile, type Table, type TableRecord } from './table.ts';

/** Elements that carry an attribute of what they stand in; a list carries none by itself. */
const attributeElements = new Set(['string', 'date', 'int', 'float', 'boolean', 'id']);
const caseFront = 'case:';

type Attributes = Record<string, string>;
interface Reading {
  readonly write: (text: string) => void;
  /** Events of the traces that ended since the last call, each with the attributes of its trace. */
  readonly take: () => TableRecord[];
  /** What the log says about itself. */
  readonly log: Attributes;
}

/** Follows the elements of a log: attributes belong to the innermost of log, trace and event that they stand directly in. */
const xesReader = (file: string): Reading => {
  const parser = new SaxesParser({ fileName: file });
  const log: Attributes = {};
  const open: string[] = [];
  let trace: Attributes = {};
  let event: { readonly line: number; readonly row: Attributes } | undefined;
  let events: { readonly line: number; readonly row: Attributes }[] = [];
  let ended: TableRecord[] = [];

  const note = (key: string, value: string): void => {
    const holder = open.at(-1);
    if (holder === 'event' && event) event.row[key] = value;
    else if (holder === 'trace') trace[caseFront + key] = value;
    else if (holder === 'log') log[key] = value;
  };
  parser.on('opentag', ({ name, attributes }) => {
    const { key, value } = attributes as Attributes;
    if (attributeElements.has(name) && key !== undefined && value !== undefined) note(key, value);
    if (name === 'trace') [trace, events] = [{}, []];
    if (name === 'event') event = { line: parser.line, row: {} };
    open.push(name);
  });
  parser.on('closetag', ({ name }) => {
    open.pop();
    if (name === 'event' && event) events.push(event);
    if (name !== 'trace') return;
    for (const { line, row } of events) ended.push({ file, line, row: { ...trace, ...row } });
    events = [];
  });
  parser.on('error', (fault) => {
    throw fault;
  });
  return {
    log,
    write: (text) => void parser.write(text),
    take: () => {
      const taken = ended;
      ended = [];
      return taken;
    },
  };
};

async function* recordsOf(
  kept: KeptFile,
  reader: Reading,
  told?: (bytes: number) => void,
): AsyncGenerator<TableRecord> {
  const file = createReadStream(kept.path, { encoding: 'utf8', highWaterMark: 1 << 17 });
  for await (const text of file as AsyncIterable<string>) {
    reader.write(text);
    told?.(file.bytesRead);
    yield* reader.take();
  }
}

const headerEvents = 1_000;
const headOf = async (kept: KeptFile): Promise<{ header: string[]; log: Attributes }> => {
  const reader = xesReader(kept.name);
  const columns = new Set<string>();
  let seen = 0;
  try {
    for await (const { row } of recordsOf(kept, reader)) {
      for (const column of Object.keys(row)) columns.add(column);
      if ((seen += 1) === headerEvents) break;
    }
  } catch (cause) {
    if (seen === 0) throw unreadable(kept.name, `is no XES: ${(cause as Error).message}.`);
  }
  if (columns.size === 0) throw unreadable(kept.name, 'holds no events; expected XES with a trace per deal.');
  return { header: [...columns], log: reader.log };
};

const parsed = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A log in XES (IEEE 1849): a record per event, with the attributes of its trace under `case:` names. */
export const openXes = async (kept: KeptFile): Promise<Table> => {
  const { header, log } = await headOf(kept);
  const records = (told?: (bytesRead: number) => void) => recordsOf(kept, xesReader(kept.name), told);
  return { name: kept.name, header, isOpen: true, mapping: parsed(log['funnel-ledger']), records };
};
