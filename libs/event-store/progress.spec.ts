import { randomUUID } from 'node:crypto';
import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import { Progress } from './progress.ts';
import { counterEvents } from './testing/counter.ts';

const place = (number: number) => ({ commit: BigInt(number), prepare: BigInt(number) });
const eventAt = (number: number, type = 'Counted'): AllStreamResolvedEvent => ({
  event: {
    id: randomUUID(),
    streamId: 'deal-1',
    type,
    data: { by: number },
    metadata: undefined,
    isJson: true,
    revision: BigInt(number),
    created: new Date(0),
    position: place(number),
  },
});
const progress = () => new Progress(counterEvents, { after: place(10), endAtStart: place(50) });
const revisions = (batch: ReturnType<Progress['batch']>) => batch?.events.map(({ revision }) => revision);

describe('the progress of a subscription', () => {
  it('takes each event once, whatever comes again', () => {
    const seen = progress();
    expect(revisions(seen.batch([eventAt(10), eventAt(11), eventAt(12)], true))).toEqual([11, 12]);
    expect(revisions(seen.batch([eventAt(12), eventAt(13)], true))).toEqual([13]);
    expect(seen.batch([eventAt(13)], true)).toBeUndefined();
  });

  it('moves on at a checkpoint, never back', () => {
    const seen = progress();
    expect(seen.batch([{ upTo: place(30) }], true)).toEqual({ events: [], position: place(30), caughtUp: false });
    expect(seen.batch([{ upTo: place(20) }], true)).toBeUndefined();
  });

  it('has seen the whole log as it was at the start once it stands at the live edge', () => {
    expect(progress().batch([{ live: true }], true)).toEqual({ events: [], position: place(50), caughtUp: true });
  });

  it('is caught up only while it is live and nothing more waits', () => {
    const seen = progress();
    const caughtUp = (...batch: Parameters<Progress['batch']>) => seen.batch(...batch)?.caughtUp;
    expect(caughtUp([eventAt(11)], true)).toBe(false);
    expect(caughtUp([{ live: true }], true)).toBe(true);
    expect(caughtUp([eventAt(60)], false)).toBe(false);
    expect(caughtUp([eventAt(61)], true)).toBe(true);
    expect(caughtUp([{ live: false }], true)).toBe(false);
  });

  it('leaves out events of the server itself and moves past them', () => {
    expect(progress().batch([eventAt(11, '$metadata')], true)).toMatchObject({ events: [], position: place(11) });
  });
});
