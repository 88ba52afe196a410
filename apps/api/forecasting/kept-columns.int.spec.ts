import { bytesInBlock, History, openCell, reforecast, type ReforecastRequest } from '@funnel/forecasting';
import type { DefinedFunnel } from '@funnel/sales';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  day,
  eventIdOf,
  historyOf,
  machines,
  ofDeal,
  ofFunnel,
  ofRep,
  planned,
  prospect,
  weighed,
  won,
} from '../../../libs/forecasting/testing/histories.ts';
import { EventFile } from './event-file.ts';
import { keepColumns, readColumns, type Seen } from './kept-columns.ts';

const seen: Seen = { position: '12', unreadableEvents: 1, last: { stream: 'deal-b', revision: 2, id: 'an id' } };
const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const asked: ReforecastRequest = {
  ...{ funnelId: 'machines', ends: [day(10), day(20)], by: 'team', weights: {}, horizonDays: null, overrides: 'kept' },
  nextStepRule: true,
};
const eventsOf = () => [
  ...ofFunnel([[day(0), { type: 'FunnelDefined', data: machines }]]),
  ...ofRep('anna', [[day(0), { type: 'RepJoined', data: { repId: 'anna', name: 'Anna', teamId: 'north' } }]]),
  ...ofDeal('a', [
    [day(1), prospect('lead', { minor: 700, region: 'East' })],
    [day(4), planned(null)],
    [day(5), weighed(0.7)],
    [day(12), won(900)],
  ]),
  ...ofDeal('b', [
    [day(2), prospect('need', { ownerId: null })],
    [day(3), planned(new Date(day(15)).toISOString())],
  ]),
];
const figures = (history: History | undefined) => {
  const known = history?.funnel('machines');
  return history && known?.status === 'defined' && reforecast(history, known, asked);
};

let folder: string;
let path: string;
const eventFiles = async (): Promise<string[]> => {
  const names = await readdir(join(folder, 'deep'));
  return names.filter((name) => name !== 'history').map((name) => join(folder, 'deep', name));
};

describe('a history kept in a file', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kept-'));
    path = join(folder, 'deep', 'history');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('goes on from where it was', async () => {
    const history = historyOf(eventsOf());
    await keepColumns(path, history, seen);
    const kept = await readColumns(path);
    expect(kept?.seen).toEqual(seen);
    expect(figures(kept?.history)).toEqual(reforecast(history, funnel, asked));
    expect(figures(kept?.history)).toMatchObject({
      periods: [{ groups: [{ key: 'north', count: 1 }, { key: null }] }, {}],
    });
    // Late ones and further ones.
    const [late, further] = [
      ofDeal('b', [
        [day(2), prospect('need')],
        [day(3), won(5)],
      ])[1]!,
      ofDeal('c', [[day(4), prospect('lead')]]),
    ];
    for (const each of [history, kept!.history]) each.addAll([late, ...further]);
    expect(figures(kept?.history)).toEqual(reforecast(history, funnel, asked));
  });

  it('is written as it was when the writing began', async () => {
    const history = historyOf(eventsOf());
    const expected = reforecast(history, funnel, asked);
    const writing = keepColumns(path, history, seen);
    for (const event of ofDeal('a', [
      [day(0), prospect('lead')],
      [day(3), won(5)],
    ]))
      history.addAll([event]);
    history.compact();
    await writing;
    expect(figures((await readColumns(path))?.history)).toEqual(expected);
  });

  it('leaves nothing else behind, and replaces what was kept before', async () => {
    await keepColumns(path, historyOf([]), seen);
    await keepColumns(path, historyOf(eventsOf()), seen);
    expect(await readdir(join(folder, 'deep'))).toEqual(['history']);
    expect(figures((await readColumns(path))?.history)).toBeTruthy();
  });

  it('is not there before it was kept', async () => expect(await readColumns(path)).toBeUndefined());

  const damaged = async (damage: (bytes: Buffer) => Buffer) => {
    await keepColumns(path, historyOf(eventsOf()), seen);
    await writeFile(path, damage(await readFile(path)));
    return readColumns(path);
  };
  it.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['was cut off', (bytes) => bytes.subarray(0, bytes.length - 9), 'ends too early'],
    ['is empty', () => Buffer.alloc(0), 'ends too early'],
    ['is no such file', () => Buffer.from('something else altogether'), 'head cannot be read'],
    [
      'is of another version',
      (bytes) => Buffer.from(bytes.toString('latin1').replace('history 7', 'history 6'), 'latin1'),
      'of another version',
    ],
    [
      'has a wrong bit',
      (bytes) => (bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40), bytes),
      'checksum',
    ],
  ])('is refused where it %s', async (_, damage, reason) => {
    await expect(damaged(damage)).rejects.toThrow(reason);
  });
});

describe('the events of a kept history', () => {
  const perDeal = 900;
  /** Two deals with so many events that some blocks are full. */
  const longHistory = (blocks = EventFile.beside(path)): History => {
    const history = new History(undefined, blocks);
    const weights = Array.from({ length: perDeal - 1 }, (_, step) => [day(2 + step / 100), weighed(0.5)] as const);
    history.addAll(eventsOf().slice(0, 2));
    for (const deal of ['long', 'other']) {
      history.addAll(ofDeal(deal, [[day(1), prospect('lead')], ...weights]));
    }
    return history;
  };
  const further = (history: History, deal: string) => {
    const weights = Array.from({ length: perDeal }, (_, step) => [day(2 + step / 100), weighed(0.4)] as const);
    history.addAll(ofDeal(deal, [[day(1), prospect('lead')], ...weights]));
  };
  const idsIn = (history: History | undefined) => {
    const request = { ...asked, at: day(30), key: 'north', page: { limit: 100 } };
    return history && openCell(history, funnel, request).deals.map(({ dealId, eventIds }) => [dealId, eventIds]);
  };
  const idsOf = (deal: string, count = perDeal) => [
    deal,
    Array.from({ length: count }, (_, revision) => eventIdOf(`deal-${deal}`, revision)),
  ];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kept-'));
    path = join(folder, 'deep', 'history');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are in a file beside it, which grows', async () => {
    const history = longHistory();
    await keepColumns(path, history, seen);
    const [file, ...others] = await eventFiles();
    expect(others).toEqual([]);
    const kept = await readColumns(path);
    expect(idsIn(kept?.history)).toEqual([idsOf('long'), idsOf('other')]);
    further(kept!.history, 'third');
    await keepColumns(path, kept!.history, seen);
    expect(await eventFiles()).toEqual([file]);
    expect(idsIn((await readColumns(path))?.history)).toEqual([
      ...[idsOf('long'), idsOf('other'), idsOf('third', perDeal + 1)],
    ]);
  });

  it('are copied there from elsewhere, and replace those of a history that was kept before', async () => {
    await keepColumns(path, longHistory(), seen);
    const [before] = await eventFiles();
    await keepColumns(path, longHistory(EventFile.beside(join(folder, 'elsewhere'))), seen);
    const after = await eventFiles();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual([before]);
    expect(idsIn((await readColumns(path))?.history)).toEqual([idsOf('long'), idsOf('other')]);
  });

  it('are as they were kept, whatever was written after them', async () => {
    const history = longHistory();
    await keepColumns(path, history, seen);
    further(history, 'lost with its process');
    const kept = await readColumns(path);
    further(kept!.history, 'third');
    expect(idsIn(kept?.history)).toEqual([idsOf('long'), idsOf('other'), idsOf('third', perDeal + 1)]);
  });

  it('are in memory while the disk takes none, and written once it does', async () => {
    await writeFile(join(folder, 'deep'), 'no folder');
    const history = longHistory();
    expect(idsIn(history)).toEqual([idsOf('long'), idsOf('other')]);
    await expect(keepColumns(path, history, seen)).rejects.toThrow('EEXIST');
    await rm(join(folder, 'deep'));
    await keepColumns(path, history, seen);
    expect(idsIn((await readColumns(path))?.history)).toEqual([idsOf('long'), idsOf('other')]);
  });

  it.each<[string, (file: string) => Promise<unknown>, string]>([
    ['are missing', (file) => rm(file), 'events cannot be opened'],
    ['were cut off', (file) => truncate(file, bytesInBlock - 1), 'ends too early'],
    [
      'have a wrong bit',
      async (file) => {
        const bytes = await readFile(file);
        bytes.writeUInt8(bytes.readUInt8(99) ^ 1, 99);
        await writeFile(file, bytes);
      },
      'checksum of its events',
    ],
  ])('make it unusable where they %s', async (_, damage, reason) => {
    await keepColumns(path, longHistory(), seen);
    for (const file of await eventFiles()) await damage(file);
    await expect(readColumns(path)).rejects.toThrow(reason);
  });
});
