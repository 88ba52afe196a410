import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Stage } from '../../deals/use-funnel.ts';
import { moneyOf, nothing, plus } from '../../deals/weighted.ts';
import type { Money } from '../../language/formats.ts';

/** Where a card was moved that the product has not shown there yet; `revision` once the product has agreed. */
export interface PendingMove {
  readonly to: string;
  readonly at: number;
  readonly revision?: number | undefined;
  /** The move before it, which may not be shown or answered yet either: it counts again when this one is refused. */
  readonly before?: PendingMove | undefined;
}
export type PendingMoves = ReadonlyMap<string, PendingMove>;

export interface Column {
  readonly stage: Stage;
  readonly deals: readonly OpenDeal[];
  readonly amount: Money;
  readonly weighted: Money;
}

export interface BoardFacts {
  readonly stages: readonly Stage[];
  readonly currency: string;
  readonly deals: readonly OpenDeal[];
  /** Words that must all occur in a card, in lower case. */
  readonly words: readonly string[];
  readonly pending: PendingMoves;
}

/** What a card is found by is worked out once per card. */
const searched = new WeakMap<OpenDeal, string>();
const textOf = (deal: OpenDeal): string => {
  const known = searched.get(deal);
  if (known !== undefined) return known;
  const text = `${deal.id} ${deal.title} ${deal.customer}`.toLowerCase();
  searched.set(deal, text);
  return text;
};
const hasWords = (deal: OpenDeal, words: readonly string[]): boolean =>
  words.length === 0 || words.every((word) => textOf(deal).includes(word));

/** The product has agreed to the oldest move that waits for its answer. */
export const agreed = ({ before, ...move }: PendingMove, revision: number): PendingMove =>
  before && before.revision === undefined ? { ...move, before: agreed(before, revision) } : { ...move, revision };

/** The newest move that the product has agreed to: what it refused took those with it that waited behind. */
export const withoutRefused = (move: PendingMove | undefined): PendingMove | undefined =>
  move && move.revision === undefined ? withoutRefused(move.before) : move;

/** Whether the product has not shown the move yet. */
export const isAhead = (deal: OpenDeal, move: PendingMove): boolean =>
  move.revision === undefined || (deal.revision ?? Infinity) < move.revision;

/** The card as it will be once the product shows its move. */
const moved = (deal: OpenDeal, { to, at, revision }: PendingMove, stages: readonly Stage[]): OpenDeal => {
  const target = stages.find(({ key }) => key === to);
  const keepsWeight = deal.weighs !== 'stage' || !target;
  return {
    ...deal,
    stage: to,
    since: new Date(at).toISOString(),
    dwellSeconds: 0,
    state: 'ok',
    weight: keepsWeight ? deal.weight : target.weight,
    revision: revision ?? deal.revision,
  };
};

const placed = ({ deals, words, pending, stages }: BoardFacts): Map<string, OpenDeal[]> => {
  const byStage = new Map<string, OpenDeal[]>(stages.map(({ key }) => [key, []]));
  for (const deal of deals) {
    if (!hasWords(deal, words)) continue;
    const move = pending.get(deal.id);
    const shown = move && isAhead(deal, move) ? moved(deal, move, stages) : deal;
    const column = byStage.get(shown.stage);
    // What was just moved stands where one looks for it: on top.
    if (shown === deal) column?.push(shown);
    else column?.unshift(shown);
  }
  return byStage;
};

const summed = (stage: Stage, deals: readonly OpenDeal[], currency: string): Column => {
  const first = nothing(deals[0]?.amount ?? { value: '0.00', currency });
  const amount = deals.reduce((sum, deal) => plus(sum, deal.amount), first);
  const weighted = deals.reduce((sum, deal) => plus(sum, deal.amount, deal.weight), first);
  return { stage, deals, amount: moneyOf(amount), weighted: moneyOf(weighted) };
};

const hasSame = (one: readonly OpenDeal[], other: readonly OpenDeal[]): boolean =>
  one.length === other.length && one.every((deal, place) => deal === other[place]);

/**
 * Open deals by stage, with exact sums, in the order they were given. A column in which nothing has changed is the same
 * object as `before`, and is not drawn anew.
 */
export const columnsOf = (facts: BoardFacts, before: readonly Column[] = []): readonly Column[] => {
  const byStage = placed(facts);
  return facts.stages.map((stage) => {
    const deals = byStage.get(stage.key) ?? [];
    const known = before.find((column) => column.stage === stage);
    return known && hasSame(known.deals, deals) ? known : summed(stage, deals, facts.currency);
  });
};
