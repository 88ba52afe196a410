import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventLog, type Answer } from './event-log.ts';
import { decodeReadEvent } from './record.ts';
import type { Page } from './reader.ts';
import type { ProposedEvent } from './writer.ts';

const streams = ['odd', 'even'];
/** Their places are written once, with the append after the first half. */
const perStream = 4_000;

let folder: string;
let log: EventLog;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'places-'));
  log = new EventLog(folder);
});
afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true });
});

const proposed = (count: number): ProposedEvent[] =>
  Array.from({ length: count }, () => ({
    ...{ id: randomUUID(), type: 'E', isJson: false },
    ...{ data: new Uint8Array(0), metadata: new Uint8Array(0) },
  }));

const append = (stream: string, events: ProposedEvent[]): Promise<Parameters<Answer>[0]> =>
  new Promise((answer) => log.append({ stream, expected: 'any', events }, answer));

const fill = async (): Promise<void> => {
  for (let written = 0; written < perStream; written += 100)
    for (const stream of streams) await append(stream, proposed(100));
};

const revisionsOf = (stream: string, read: (from: number) => Page, from: number): number[] => {
  const revisions: number[] = [];
  for (let next: number | undefined = from; next !== undefined;) {
    const page = read(next);
    for (const { position, message } of page.events) {
      const event = decodeReadEvent(message);
      expect(event).toMatchObject({ stream, position });
      revisions.push(event.revision);
    }
    next = page.next;
  }
  return revisions;
};

/** How many events have their places in the file. */
const settled = (): number => {
  const database = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  const { count } = database.prepare('SELECT count(*) AS count FROM places').get() as { count: number };
  database.close();
  return count;
};

const expectAll = (last = perStream - 1): void => {
  const upwards = Array.from({ length: last + 1 }, (_, revision) => revision);
  for (const stream of streams) {
    expect(revisionsOf(stream, (from) => log.reader.streamForwards(stream, from), 0)).toEqual(upwards);
    const downwards = revisionsOf(stream, (from) => log.reader.streamBackwards(stream, from), last);
    expect(downwards).toEqual(upwards.toReversed());
    expect(decodeReadEvent(log.reader.at(stream, last)!.message).revision).toBe(last);
  }
};

it('shows whole streams, whether the places of their events are written or not', async () => {
  await fill();
  expect(settled()).toBeGreaterThan(perStream);
  expect(settled()).toBeLessThan(2 * perStream);
  expectAll();
});

it('shows the same when it is opened again', async () => {
  await fill();
  log.close();
  log = new EventLog(folder);
  expectAll();
  expect(await append('even', proposed(1))).toMatchObject({ kind: 'written', revision: perStream });
});

it('knows an event again, whether its place is written or not', async () => {
  const events = proposed(perStream * 2);
  await append('odd', events.slice(0, perStream));
  await append('odd', events.slice(perStream));
  const repeat = (from: number, count: number) =>
    new Promise((answer) => {
      const again = events.slice(from, from + count);
      log.append({ stream: 'odd', expected: from === 0 ? 'no_stream' : from - 1, events: again }, answer);
    });
  for (const [from, count] of [
    [0, 3],
    [perStream - 2, 4],
    [2 * perStream - 3, 3],
  ] as const)
    expect(await repeat(from, count)).toMatchObject({ kind: 'written', revision: from + count - 1 });
});

it('forgets the places of what was rolled back', async () => {
  await fill();
  const broken = { ...proposed(1)[0]!, data: undefined as unknown as Uint8Array };
  const outcomes = await Promise.all([
    append('odd', proposed(1)),
    append('odd', [broken]),
    append('even', proposed(1)),
  ]);
  expect(outcomes).toMatchObject([{ kind: 'written', revision: perStream }, { kind: 'failed' }, { kind: 'written' }]);
  expectAll(perStream);
});

it('writes the places that are due when the log is closed', async () => {
  const appended = append('odd', proposed(2 * perStream));
  log.close();
  expect(await appended).toMatchObject({ kind: 'written', revision: 2 * perStream - 1 });
  expect(settled()).toBeGreaterThan(2 * perStream);
  log = new EventLog(folder);
});

it('ends a stream whose end has no place yet, and whose beginning has none or has one', async () => {
  const end = (stream: string) => new Promise((answer) => log.tombstone(stream, 'any', answer));
  await fill();
  await append('new', proposed(1));
  for (const stream of ['odd', 'new']) {
    expect(await end(stream)).toMatchObject({ kind: 'written' });
    expect(log.reader.standing(stream)).toEqual({ kind: 'tombstoned' });
    expect(log.reader.streamForwards(stream, 0)).toEqual({ events: [] });
    expect(log.reader.at(stream, 0)).toBeUndefined();
    expect(await append(stream, proposed(1))).toEqual({ kind: 'deleted' });
  }
  log.close();
  log = new EventLog(folder);
  expect(log.reader.standing('odd')).toEqual({ kind: 'tombstoned' });
});
