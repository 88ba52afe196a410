import { Heads } from './heads.ts';
import { proofFaults, proofOf, streamProof, type StreamProof } from './proof.ts';
import { publicText } from './root.ts';
import { keyPair, SmallLog } from './testing/small-log.ts';

let log: SmallLog;
let proof: StreamProof;

/** Seven deals of three events under a root; then one more event of the deal that is proved. */
beforeEach(async () => {
  log = new SmallLog();
  for (let turn = 0; turn < 3; turn += 1)
    for (const deal of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) log.append(`deal-${deal}`, { turn });
  const root = await log.sign();
  log.append('deal-c', { turn: 3 });
  const heads = new Heads();
  for (const [stream, head] of log.records[0]?.changes ?? []) heads.set(stream, head);
  const events = log.events.filter(({ stream }) => stream === 'deal-c');
  const made = await proofOf({ stream: 'deal-c', events, heads, root });
  if (!made) throw new Error('the root knows deal-c');
  // As it comes out of a file.
  proof = streamProof.parse(JSON.parse(JSON.stringify(made)));
});

describe('the proof of one deal', () => {
  it('holds its events up to the root, and verifies by itself', () => {
    expect(proof.events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(proofFaults(proof)).toEqual([]);
    expect(proofFaults(proof, [publicText(log.key)])).toEqual([]);
  });

  it('is made for no deal that the root does not know', async () => {
    const root = log.records[0]?.root;
    if (!root) throw new Error('there is a root');
    expect(await proofOf({ stream: 'deal-new', events: [], heads: new Heads(), root })).toBeUndefined();
  });

  it('proves nothing under a key that is not trusted', () => {
    expect(proofFaults(proof, [publicText(keyPair())])).toEqual([
      'root 0 was signed with another key than the one given',
    ]);
  });

  it.each<[what: string, harm: () => void, fault: string]>([
    [
      'an event was changed',
      () => void (proof.events[1] = { ...event(1), data: { turn: 9 } }),
      'deal-c@2 names another',
    ],
    [
      'the last event was changed',
      () => void (proof.events[2] = { ...event(2), data: { turn: 9 } }),
      'did not end with',
    ],
    ['an event is missing', () => void proof.events.splice(1, 1), 'deal-c@1 is not there'],
    ['the last event is missing', () => void proof.events.pop(), 'did not end with this event'],
    ['it holds an event of another deal', () => void proof.events.unshift(other()), 'deal-d@0 is no event of deal-c'],
    ['it is passed off for another deal', () => void (proof.stream = 'deal-d'), 'deal-c@0 is no event of deal-d'],
    ['its path is another', () => void proof.inclusion.path.reverse(), 'did not end with this event'],
    [
      'the root says another time',
      () => void (proof.root.at = '2027-01-01T00:00:00.000Z'),
      'signature of root 0 is wrong',
    ],
  ])('tells when %s', (_, harm, fault) => {
    harm();
    expect(proofFaults(proof)).toContainEqual(expect.stringContaining(fault));
  });
});

const event = (revision: number) => {
  const found = proof.events[revision];
  if (!found) throw new Error(`there is no event ${revision}`);
  return found;
};
const other = () => {
  const found = log.events.find(({ stream }) => stream === 'deal-d');
  if (!found) throw new Error('there is a deal-d');
  return found;
};
