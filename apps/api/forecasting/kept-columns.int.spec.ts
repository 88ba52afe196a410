import { reforecast, type History, type ReforecastRequest } from '@funnel/forecasting';
import type { DefinedFunnel } from '@funnel/sales';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  day,
  historyOf,
  machines,
  ofDeal,
  ofFunnel,
  ofRep,
  prospect,
  weighed,
  won,
} from '../../../libs/forecasting/testing/histories.ts';
import { keepColumns, readColumns, type Seen } from './kept-columns.ts';

const seen: Seen = { position: '12', unreadableEvents: 1, last: { stream: 'deal-b', revision: 2, id: 'an id' } };
const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const asked: ReforecastRequest = {
  ...{ funnelId: 'machines', ends: [day(10), day(20)], by: 'team', weights: {}, horizonDays: null, overrides: 'kept' },
};
const eventsOf = () => [
  ...ofFunnel([[day(0), { type: 'FunnelDefined', data: machines }]]),
  ...ofRep('anna', [[day(0), { type: 'RepJoined', data: { repId: 'anna', name: 'Anna', teamId: 'north' } }]]),
  ...ofDeal('a', [
    [day(1), prospect('lead', { minor: 700, region: 'East' })],
    [day(5), weighed(0.7)],
    [day(12), won(900)],
  ]),
  ...ofDeal('b', [[day(2), prospect('need', { ownerId: null })]]),
];
const figures = (history: History | undefined) => {
  const known = history?.funnel('machines');
  return history && known?.status === 'defined' && reforecast(history, known, asked);
};

describe('a history kept in a file', () => {
  let folder: string;
  let path: string;
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
    for (const each of [history, kept!.history]) for (const event of [late, ...further]) each.add(event);
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
      history.add(event);
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
      (bytes) => Buffer.from(bytes.toString('latin1').replace('history 3', 'history 2'), 'latin1'),
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
