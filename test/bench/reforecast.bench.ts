/**
 * (f) Re-forecasting a long history: 36 month ends by owner, beside a plain sum of the same packed columns. Facts are made
 * up here; what is measured is the pass, not reading the log. Arguments: deals, rounds.
 */
import { History, reforecast, type ReforecastRequest } from '@funnel/forecasting';
import type { Recorded } from '@funnel/kernel';
import { funnel, type DealEvent, type SalesEvent } from '@funnel/sales';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { interleaved, median, peakMemory, printTable, round, seconds } from './figures.ts';

const deals = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 5);
const eventsEach = 10;
const owners = 200;
const stages = Array.from({ length: 8 }, (_, index) => `s${index}`);
const dayMs = 86_400_000;
const start = Date.UTC(2023, 0, 1);
const months = 36;

const random = xoroshiro128plus(1);
const below = (count: number): number => (random.next() >>> 0) % count;

const about = (stream: string, revision: number, at: number) => ({
  ...{ id: '', stream, revision, at, recordedAt: at, commandId: '', correlationId: '', causationId: '', version: 1 },
  ...{ position: { commit: 0n, prepare: 0n }, actor: { user: '', role: 'system' as const } },
});
const definition = {
  ...{ funnelId: 'f', label: 'F', currency: 'CNY', nextStepRule: false, nextStepGraceDays: 3 },
  stages: stages.map((key, index) => ({
    ...{ key, label: key, weight: (index + 1) / 10, part: 'top' as const, maxDwellDays: null, ownerLocked: false },
    ...{ dwellIn: 'calendar-days' as const, conversionTarget: null, exitCriteria: [], handover: null },
  })),
};

const change = (dealId: string, step: number): DealEvent => {
  const stage = stages[Math.min(step, stages.length - 1)] ?? 's0';
  switch (below(4)) {
    case 0:
      return { type: 'OwnerReassigned', data: { dealId, from: null, to: `o${below(owners)}`, reason: 'r' } };
    case 1:
      return { type: 'DealValued', data: { dealId, amount: { minor: 1_000 * below(1_000_000), currency: 'CNY' } } };
    default:
      return { type: 'StageAdvanced', data: { dealId, from: 's0', to: stage } };
  }
};

/** Deals one after another: what matters for the pass is what it finds in the columns, and that is sorted by deal. */
const fill = (history: History): void => {
  history.add({ ...about('funnel-f', 0, start), type: 'FunnelDefined', data: definition } as Recorded<SalesEvent>);
  for (let deal = 0; deal < deals; deal += 1) {
    const dealId = `d${deal}`;
    const stream = `deal-${dealId}`;
    let at = start + below(months * 30) * dayMs;
    const amount = { minor: 1_000 * below(1_000_000), currency: 'CNY' };
    const added = {
      dealId,
      title: '',
      customer: { name: '' },
      amount,
      funnelId: 'f',
      stage: 's0',
      expectedClose: null,
    };
    const data = { ...added, ownerId: `o${below(owners)}` };
    history.add({ ...about(stream, 0, at), type: 'ProspectAdded', data } as Recorded<SalesEvent>);
    for (let step = 1; step < eventsEach - 1; step += 1) {
      at += below(20) * dayMs;
      history.add({ ...about(stream, step, at), ...change(dealId, step) } as Recorded<SalesEvent>);
    }
    const end = below(3) === 0 ? { type: 'DealWon', amount } : { type: 'DealLost', reason: 'r' };
    const { type, ...said } = end;
    const closing = { type, data: { dealId, stage: 's7', ...said } } as DealEvent;
    history.add({ ...about(stream, eventsEach - 1, at + dayMs), ...closing } as Recorded<SalesEvent>);
  }
};

const history = new History();
const filled = await seconds(async () => fill(history));
const sorted = await seconds(async () => void history.rows());
const known = history.funnel('f');
if (known.status === 'absent') throw new Error(`${funnel.initial.status}: the funnel was not taken`);
const request: ReforecastRequest = {
  ...{ funnelId: 'f', by: 'owner', weights: { s0: 500, s3: 2_500 }, horizonDays: 90, overrides: 'kept' },
  ends: Array.from({ length: months }, (_, month) => Date.UTC(2023, month + 1, 1) - 1),
};
const { at, minor, stage, owner, status } = history.rows();
let checksum = 0;
const plainSum = async (): Promise<void> => {
  let sum = 0;
  for (let row = 0; row < at.length; row += 1) sum += minor[row]! + at[row]! + stage[row]! + owner[row]! + status[row]!;
  checksum += sum;
};
/** A horizon that was not asked for before needs a pass; other weights do not. */
let horizonDays = 90;
let weight = 0;
const took = await interleaved(rounds, {
  pass: () => seconds(async () => void reforecast(history, known, { ...request, horizonDays: (horizonDays += 1) })),
  weights: () =>
    seconds(async () => void reforecast(history, known, { ...request, horizonDays, weights: { s0: (weight += 1) } })),
  plainSum: () => seconds(plainSum),
});
const ms = (name: keyof typeof took) => median(took[name]) * 1_000;
printTable(
  [`${round(deals)} deals, ${round(deals * eventsEach)} events, ${round(at.length)} rows`, 'ms', '÷ plain sum'],
  [
    ['36 month ends × owners, with a horizon', round(ms('pass'), 1), round(ms('pass') / ms('plainSum'), 1)],
    ['the same under other weights', round(ms('weights'), 1), round(ms('weights') / ms('plainSum'), 1)],
    ['plain sum of the columns', round(ms('plainSum'), 1), ''],
  ],
);
console.log(
  `taken in ${round((filled / (deals * eventsEach)) * 1e9)} ns an event, sorted in ${round(sorted, 1)} s, peak ${round(peakMemory(process.pid))} MiB (checksum ${checksum > 0})`,
);
