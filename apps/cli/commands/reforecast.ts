import type { AnswerOf, routes } from '@funnel/contracts';
import { Option, type Command } from 'commander';
import { sendJson } from '../client.ts';
import { companyDays, showByDay, type CompanyDays } from '../company-days.ts';
import { horizonOption } from '../horizon.ts';
import { readWhole } from '../numbers.ts';
import { percent, show, table } from '../output.ts';
import { sparkline } from '../sparkline.ts';
import { readAgeWeights, readWeights, readWeightsOrNone } from '../weights.ts';

type Reforecast = AnswerOf<(typeof routes)['reforecast']>;
type Comparison = AnswerOf<(typeof routes)['compareReforecasts']>;
type Cell = AnswerOf<(typeof routes)['openReforecast']>;

type Weights = Readonly<Record<string, number>>;

interface Terms {
  readonly weights?: Weights;
  readonly ageWeights?: ReturnType<typeof readAgeWeights>;
  readonly nextStepRule?: 'on' | 'off';
  readonly dropOverrides?: boolean;
}
interface Common extends Terms {
  readonly by: string;
  readonly horizon: number | null;
  readonly knownAt?: string;
  readonly json?: boolean;
}
interface Periods {
  readonly from: string;
  readonly to: string;
  readonly every: string;
}

const termsOf = ({ weights, ageWeights, nextStepRule, dropOverrides }: Terms) => ({
  ...{ weights, ageWeights },
  nextStepRule: nextStepRule === undefined ? undefined : nextStepRule === 'on',
  overrides: dropOverrides ? 'dropped' : 'kept',
});

const questionOf = (funnelId: string, { by, horizon: horizonDays, knownAt }: Common) => {
  return { funnelId, by, horizonDays, knownAt };
};

const valueOf = ({ value }: { readonly value: string }): number => Number(value);

/** The courses of several amounts over all periods, in small and on one scale. */
const coursesOf = <Group>(
  periods: readonly { groups: readonly Group[] }[],
  ...amounts: readonly ((group: Group) => { value: string })[]
): string[] => {
  const sums = amounts.map((of) =>
    periods.map(({ groups }) => groups.reduce((sum, each) => sum + valueOf(of(each)), 0)),
  );
  const most = Math.max(0, ...sums.flat());
  return sums.map((values) => sparkline(values, most));
};

const amountHead = (groups: readonly { amount: { currency: string } }[]): string =>
  groups[0] ? `amount ${groups[0].amount.currency}` : 'amount';

const inWords = ({ wape, bias }: Reforecast['accuracy']): string =>
  `WAPE ${percent(wape) ?? '–'} · bias ${percent(bias) ?? '–'}`;

interface Periodic {
  readonly periods: readonly { readonly at: string }[];
}
/** What came is not all that is to come where the horizon is not over. */
const soFar = ({ periods, decidedUntil }: Pick<Reforecast, 'decidedUntil'> & Periodic, days: CompanyDays): string[] => {
  const first = periods.find(({ at }) => decidedUntil !== null && at > decidedUntil);
  return first ? [`realized from ${days.of(first.at)} on is what came so far: the horizon is not over`] : [];
};

/** One line for each group and period end, and the course of all periods in small. */
const readable = ({ periods, decidedUntil, accuracy, digest }: Reforecast, days: CompanyDays): string => {
  const rows = periods.flatMap(({ at, groups }) =>
    groups.map(({ key, count, amount, forecast, realized }) => {
      return [days.of(at), key, count, amount.value, forecast.value, realized.value];
    }),
  );
  const head = amountHead(periods.flatMap(({ groups }) => groups));
  const [forecasts, came] = coursesOf(
    periods,
    ({ forecast }) => forecast,
    ({ realized }) => realized,
  );
  return [
    table(['period end', 'group', 'open', head, 'forecast', 'realized'], rows),
    `forecast ${forecasts}`,
    `realized ${came}`,
    ...soFar({ periods, decidedUntil }, days),
    inWords(accuracy),
    `digest ${digest}`,
  ].join('\n');
};

const readableComparison = ({ periods, decidedUntil, accuracy, digest }: Comparison, days: CompanyDays): string => {
  const rows = periods.flatMap(({ at, groups }) =>
    groups.map(({ key, count, baseline, candidate, difference, realized }) => {
      return [days.of(at), key, count, baseline.value, candidate.value, difference.value, realized.value];
    }),
  );
  const [one, other, came] = coursesOf(
    periods,
    ({ baseline }) => baseline,
    ({ candidate }) => candidate,
    ({ realized }) => realized,
  );
  return [
    table(['period end', 'group', 'open', 'baseline', 'candidate', 'difference', 'realized'], rows),
    `baseline  ${one}  ${inWords(accuracy.baseline)}`,
    `candidate ${other}  ${inWords(accuracy.candidate)}`,
    `realized  ${came}`,
    ...soFar({ periods, decidedUntil }, days),
    `digest ${digest}`,
  ].join('\n');
};

const readableCell = ({ count, amount, forecast, realized, items, next }: Cell): string => {
  const rows = items.map(({ dealId, stage, ownerId, since, eventIds, ...deal }) => {
    const came = deal.realized?.value ?? null;
    return [dealId, stage, ownerId, since, deal.amount.value, deal.weight, deal.forecast.value, came, eventIds.at(-1)!];
  });
  const head = ['deal', 'stage', 'owner', 'since', 'amount', 'weight', 'forecast', 'realized', 'last event'];
  return [
    table(head, rows),
    `${count} deals, ${amount.value} ${amount.currency}: forecast ${forecast.value}, realized ${realized.value}`,
    ...(next ? [`more with --cursor ${next}`] : []),
  ].join('\n');
};

const groupings = ['total', 'owner', 'team', 'region', 'industry', 'stage'];

const addTerms = (command: Command): Command =>
  command
    .option('--weights <stage=weight,…>', 'other weights; the others stay as they were', readWeights)
    .option('--age-weights <stage:days=weight,…>', 'weights by how long a deal has stood in its stage', readAgeWeights)
    .addOption(new Option('--next-step-rule <on|off>', 'as the funnel had it when absent').choices(['on', 'off']))
    .option('--drop-overrides', 'weights of single deals do not count')
    .addOption(new Option('--by <group>').choices(groupings).default('total'))
    .addOption(horizonOption())
    .option('--known-at <instant>', 'only what was recorded by then')
    .option('--json', 'answer as JSON');

const forecastAgain = async (
  funnelId: string,
  options: Common & Periods & { readonly against?: Weights },
): Promise<void> => {
  const { from, to, every, against, json } = options;
  const question = { ...questionOf(funnelId, options), from, to, every };
  if (against === undefined) {
    const body = { ...question, ...termsOf(options) };
    return showByDay(json, await sendJson<Reforecast>('POST', '/reforecasts', body), readable);
  }
  const body = { ...question, baseline: { weights: against }, candidate: termsOf(options) };
  await showByDay(json, await sendJson<Comparison>('POST', '/reforecasts/comparison', body), readableComparison);
};

interface CellOptions extends Common {
  readonly at: string;
  readonly key?: string;
  readonly cursor?: string;
  readonly limit: number;
}

const openCell = async (funnelId: string, options: CellOptions): Promise<void> => {
  const { cursor, limit, by } = options;
  const at = (await companyDays()).endOf(options.at);
  const key = options.key ?? (by === 'total' ? 'total' : null);
  const body = { ...questionOf(funnelId, options), ...termsOf(options), at, key, cursor, limit };
  show(options.json, await sendJson<Cell>('POST', '/reforecasts/deals', body), readableCell);
};

export const addReforecast = (program: Command): void => {
  addTerms(
    program
      .command('reforecast <funnel>')
      .description('what the forecast would have been at each period end under other weights, and what came')
      .requiredOption('--from <date>', 'in the first period')
      .requiredOption('--to <date>', 'in the last period')
      .addOption(new Option('--every <period>').choices(['day', 'week', 'month', 'quarter']).default('month'))
      .option('--against <stage=weight,…>', 'compare with other weights, or with as-it-was', readWeightsOrNone),
  ).action(forecastAgain);
  addTerms(
    program
      .command('reforecast-deals <funnel>')
      .description('the deals behind one cell of a re-forecast, the largest first')
      .requiredOption('--at <day>', 'a period end, as reforecast tells it; or an instant')
      .option('--key <key>', 'the group; absent: nobody, no team, no region, no industry')
      .option('--cursor <cursor>', 'where the page before ended')
      .option('--limit <deals>', 'at most so many', readWhole, 50),
  ).action(openCell);
};
