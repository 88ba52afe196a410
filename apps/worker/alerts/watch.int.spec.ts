import { dayMs } from '@funnel/kernel';
import type { AlertEvent, DealEvent } from '@funnel/sales';
import { salesViews } from '@funnel/sales-views';
import { MemoryLog } from '@funnel/testing';
import { advanced, prospect } from '../../../libs/sales-views/testing/histories.ts';
import { machinesDefinition } from '../../../libs/sales-views/testing/machines.ts';
import { ViewBench, timeoutMs } from '../../../libs/testing/view-bench.ts';
import { Watch, watchedViews } from './watch.ts';

/** The first day of a log in memory. */
const day = (days: number): number => Date.UTC(2026, 0, 5) + days * dayMs;
const limited = (days: number) => machinesDefinition({ limits: { lead: days, contact: 60 } });
const minute = 1 / 1_440;
const alertId = (dealId: string) => `dwell-${dealId}-1`;

const raised = (dealId: string): AlertEvent => ({
  type: 'AlertRaised',
  data: {
    ...{ alertId: alertId(dealId), kind: 'stage-dwell', dealId, title: dealId, funnelId: 'machines', stage: 'lead' },
    ...{ part: 'top', stageEntry: 1, ownerId: null, since: '2026-01-05T00:00:00Z', dueAt: '2026-01-15T00:00:00Z' },
    ...{ limitDays: 10, questions: [] },
  },
});

/** Two deals in a stage that allows ten days; `look` answers `+` stays to alert of and `-` alerts to resolve. */
class Company implements AsyncDisposable {
  readonly log = new MemoryLog();
  private readonly watch = new Watch();

  private constructor(readonly bench: ViewBench) {}

  static async start(): Promise<Company> {
    const company = new Company(await ViewBench.start());
    company.bench.run(company.log, salesViews);
    company.define(10);
    for (const deal of ['a', 'b']) company.tell(deal, prospect('lead')(deal));
    return company;
  }

  define(limit: number): void {
    const type = this.log.recorded.length ? 'FunnelRevised' : 'FunnelDefined';
    this.log.append('funnel-machines', { type, data: limited(limit) });
  }

  tell(deal: string, ...events: readonly DealEvent[]): void {
    this.log.append(`deal-${deal}`, ...events);
  }

  async look(days: number): Promise<string[]> {
    const head = await this.log.head();
    await this.bench.store.waitFor(watchedViews, head, { timeoutMs });
    const context = { views: this.bench.store, timeZone: 'Asia/Shanghai', now: () => day(days) };
    const found: string[] = [];
    for await (const { stays, outlived } of this.watch.look(context, head)) {
      found.push(...stays.map(({ dealId }) => `+${dealId}`), ...outlived.map((alert) => `-${alert.dealId}`));
    }
    return found.sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bench[Symbol.asyncDispose]();
  }
}

describe('looking for what is due', () => {
  it('finds a stay that is too long until it has an alert', async () => {
    await using company = await Company.start();
    expect(await company.look(11)).toEqual(['+a', '+b']);
    // What was found may have been lost on its way.
    expect(await company.look(11)).toEqual(['+a', '+b']);
    company.log.append('alert-a', raised('a'));
    expect(await company.look(11)).toEqual(['+b']);
    company.log.append('alert-b', raised('b'));
    expect(await company.look(11)).toEqual([]);
  });

  it('finds what only time has made overdue', async () => {
    await using company = await Company.start();
    expect(await company.look(10)).toEqual([]);
    expect(await company.look(10 + minute)).toEqual(['+a', '+b']);
  });

  it('finds an alert that has outlived its cause, until it is resolved', async () => {
    await using company = await Company.start();
    company.log.append('alert-a', raised('a'));
    company.log.append('alert-b', raised('b'));
    expect(await company.look(11)).toEqual([]);
    company.tell('a', advanced('lead', 'contact')('a'));
    expect(await company.look(11)).toEqual(['-a']);
    expect(await company.look(11)).toEqual(['-a']);
    company.log.append('alert-a', { type: 'AlertResolved', data: { alertId: alertId('a'), because: 'moved-on' } });
    expect(await company.look(11)).toEqual([]);
  });

  it('applies a new limit to the past', async () => {
    await using company = await Company.start();
    expect(await company.look(5)).toEqual([]);
    company.define(3);
    expect(await company.look(5)).toEqual(['+a', '+b']);
    company.log.append('alert-a', raised('a'));
    company.define(20);
    expect(await company.look(5)).toEqual(['-a']);
  });

  it('reads no deal to which nothing has happened, save now and then', async () => {
    await using company = await Company.start();
    expect(await company.look(5)).toEqual([]);
    const behindItsBack = { $set: { since: day(-100) } };
    await company.bench.database.collection('aging-v2').updateOne({ dealId: 'a' }, behindItsBack);
    company.tell('b', { type: 'ContactLogged', data: { dealId: 'b', kind: 'call' } });
    expect(await company.look(5)).toEqual([]);
    expect(await company.look(5 + 60 * minute)).toEqual(['+a']);
  });
});
