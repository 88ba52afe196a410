import type { Finding } from './findings.ts';
import { publicText } from './root.ts';
import { keyPair, SmallLog } from './testing/small-log.ts';
import type { Verdict } from './verify.ts';

let log: SmallLog;

/** Two deals of five events each, turn by turn (0 to 9), the root over them (10), and two more events (11, 12). */
beforeEach(async () => {
  log = new SmallLog();
  for (let turn = 0; turn < 5; turn += 1) {
    log.append('deal-a', { turn });
    log.append('deal-b', { turn });
  }
  await log.sign();
  log.append('deal-a', { turn: 5 });
  log.append('deal-c', { turn: 0 });
});

const named = ({ findings }: Verdict) => findings.map(short);
const short = ({ kind, stream, revision, root }: Finding) =>
  `${kind} ${stream === null ? `root ${root}` : `${stream}@${revision}`}`;

describe('a log that nobody has touched', () => {
  it('is found sound, and what no root covers yet is counted', async () => {
    const verdict = await log.verify();
    expect(verdict).toMatchObject({
      events: 13,
      streams: 4,
      unchained: 0,
      roots: 1,
      unsealed: 3,
      found: 0,
      findings: [],
    });
    expect(verdict.lastRoot).toEqual(log.records[0]?.root);
  });

  it('is found sound under several roots, also when only the first of them was kept', async () => {
    await log.sign();
    log.append('deal-b', { turn: 6 });
    await log.sign();
    expect(await log.verify()).toMatchObject({ roots: 3, found: 0 });
    expect(await log.verify({ records: log.records.slice(0, 1) })).toMatchObject({ roots: 1, found: 0 });
    expect(await log.verify({ records: [] })).toMatchObject({ roots: 0, found: 0 });
  });

  it('may begin before there was a chain; how much of it is unchained is said', async () => {
    const older = new SmallLog();
    older.appendUnchained('deal-a', { turn: 0 });
    older.appendUnchained('deal-a', { turn: 1 });
    older.append('deal-a', { turn: 2 });
    await older.sign();
    expect(await older.verify()).toMatchObject({ unchained: 2, found: 0 });
  });
});

describe('found, and named, is', () => {
  it('a changed event', async () => {
    log.change(4, { data: { turn: 'changed' } });
    expect(named(await log.verify({ records: [] }))).toEqual(['link-broken deal-a@3']);
  });

  it('changed metadata: who did it, and when', async () => {
    log.change(5, { metadata: { ...(log.events[5]?.metadata as object), actor: 'li' } });
    expect(named(await log.verify({ records: [] }))).toEqual(['link-broken deal-b@3']);
  });

  it('a first event that was given another history', async () => {
    log.change(0, { metadata: { previous: 'ab'.repeat(32) } });
    expect(named(await log.verify({ records: [] }))).toEqual(['link-broken deal-a@0', 'link-broken deal-a@1']);
  });

  it('an event that was taken out', async () => {
    log.events.splice(4, 1);
    expect(named(await log.verify({ records: [] }))).toEqual(['event-missing deal-a@2']);
  });

  it('an event that was taken out while the later ones moved up', async () => {
    log.events.splice(4, 1);
    log.events.forEach((event, index) => {
      if (event.stream === 'deal-a' && event.revision > 2) log.change(index, { revision: event.revision - 1 });
    });
    expect(named(await log.verify({ records: [] }))).toContain('link-broken deal-a@2');
  });

  it('a pair of events that changed places in the log', async () => {
    const [one, other] = [log.events[4], log.events[6]];
    if (!one || !other) throw new Error('there are such events');
    log.events[4] = other;
    log.events[6] = one;
    expect(named(await log.verify({ records: [] }))).toEqual(['event-missing deal-a@2', 'event-misplaced deal-a@2']);
  });

  it('a pair of events that changed places in their stream', async () => {
    const [one, other] = [log.events[4], log.events[6]];
    log.change(4, { ...other, revision: 2 });
    log.change(6, { ...one, revision: 3 });
    expect(named(await log.verify({ records: [] }))).toEqual([
      'link-broken deal-a@2',
      'link-broken deal-a@3',
      'link-broken deal-a@4',
    ]);
  });

  it('an event put behind a chain by another program', async () => {
    log.appendUnchained('deal-a', { turn: 'foreign' });
    expect(named(await log.verify())).toEqual(['event-unchained deal-a@6']);
  });
});

describe('found with the roots alone is', () => {
  it('a changed event whose stream was linked anew, which by itself looks sound', async () => {
    log.change(4, { data: { turn: 'changed' } });
    log.relink('deal-a');
    expect(await log.verify({ records: [] })).toMatchObject({ found: 0 });
    const verdict = await log.verify();
    expect(named(verdict)).toEqual(['event-replaced deal-a@4']);
    expect(verdict.findings[0]).toMatchObject({ id: 'deal-a/8', root: 0 });
  });

  it('the last event of a deal, changed', async () => {
    log.change(9, { data: { turn: 'changed' } });
    expect(await log.verify({ records: [] })).toMatchObject({ found: 0 });
    expect(named(await log.verify())).toEqual(['event-replaced deal-b@4']);
  });

  it('the last event of a deal, taken out', async () => {
    log.events.splice(9, 1);
    expect(named(await log.verify())).toContain('stream-cut deal-b@4');
  });

  it('a deal that vanished as a whole', async () => {
    log.events.splice(0, log.events.length, ...log.events.filter(({ stream }) => stream !== 'deal-b'));
    expect(named(await log.verify())).toContain('stream-cut deal-b@4');
  });

  it('the end of the log, cut off with its root', async () => {
    log.events.splice(8);
    expect(named(await log.verify())).toEqual(['stream-cut deal-a@4', 'stream-cut deal-b@4', 'root-missing root 0']);
  });

  it('the whole log, begun anew', async () => {
    log.events.splice(0);
    expect(named(await log.verify())).toHaveLength(3);
  });

  it('an event that was put in where a root has passed', async () => {
    const [foreign] = log.events.slice(12);
    if (!foreign) throw new Error('there is such an event');
    log.events.splice(12, 1);
    log.events.splice(3, 1);
    log.events.splice(3, 0, foreign);
    expect(named(await log.verify())).toContain('event-unknown deal-c@0');
  });
});

describe('the roots themselves are found wanting', () => {
  it('when one was changed', async () => {
    const [record] = log.records;
    if (!record) throw new Error('there is a root');
    log.records[0] = { ...record, root: { ...record.root, streams: 7 } };
    expect(named(await log.verify())).toEqual(['root-unsigned root 0', 'event-replaced audit-roots@0']);
  });

  it('when they were signed by somebody else, whose key says that all is well', async () => {
    const another = publicText(keyPair());
    expect(named(await log.verify({ keys: [another] }))).toEqual(['root-unsigned root 0']);
    expect(await log.verify({ keys: [another, publicText(log.key)] })).toMatchObject({ found: 0, claimedKey: null });
  });

  it('when one is missing between two', async () => {
    await log.sign();
    log.append('deal-a', { turn: 7 });
    await log.sign();
    log.records.splice(1, 1);
    expect(named(await log.verify())).toContain('root-out-of-order root 2');
  });

  it('when the ends of streams kept with them were changed', async () => {
    const [record] = log.records;
    if (!record) throw new Error('there is a root');
    const changes = new Map(record.changes);
    changes.delete('deal-b');
    log.records[0] = { ...record, changes };
    expect(named(await log.verify())).toEqual(['root-incomplete root 0', 'event-unknown deal-b@4']);
  });

  it('and who gives no key is told whose word it is', async () => {
    const verdict = await log.verify({ keys: 'none' });
    expect(verdict).toMatchObject({ found: 0, claimedKey: publicText(log.key) });
  });
});
