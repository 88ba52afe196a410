import type { Position } from '@funnel/kernel';
import { aging, alerts, funnels, journeys } from '@funnel/sales-views';
import { handful, type Stay, type Watching } from './context.ts';
import { definitionsInForce, isOverdue, limitedStages, type Definitions } from './definitions.ts';
import { outlivedAlerts, outlivedAmong } from './outlived.ts';
import { overdueStays, withoutAlert } from './overdue.ts';

/** What a look has found. */
export interface Findings {
  /** Too long, and without an alert. */
  readonly stays: readonly Stay[];
  /** Without a cause any more. */
  readonly outlived: readonly { readonly alertId: string; readonly dealId: string }[];
}

/** What must have seen the log before a look. */
export const watchedViews = [aging, alerts, funnels, journeys] as const;

interface Look {
  readonly head: Position;
  readonly at: number;
  readonly definitions: string;
  readonly everythingAt: number;
  /** Deals of which something was found: what was made of it may have been lost. */
  readonly found: ReadonlySet<string>;
}

/** Stays are looked at one and all so often, whatever is known to have changed: a stream that was held back goes on unseen. */
const everythingEveryMs = 600_000;
/** Where more deals than this have moved, it is quicker to look at everything. */
const mostMoved = 5_000;

/**
 * Finds what is due and what has lost its cause. The first look is at everything; from then on only at deals that something
 * has happened to, stays that time has made overdue, and what was found the last time, unless a funnel has changed.
 */
export class Watch {
  #last: Look | undefined;

  /** One look at the views, which must have seen the log up to `head`; a handful at a time. */
  async *look(given: Watching, head: Position): AsyncGenerator<Findings> {
    const at = given.now();
    // One instant for the whole of it.
    const context = { ...given, now: () => at };
    const definitions = await definitionsInForce(context);
    const said = JSON.stringify([...definitions]);
    const last = this.#last?.definitions === said ? this.#last : undefined;
    const moved = await movedSince(context, last);
    const found = new Set<string>();
    const isPart = last !== undefined && moved !== undefined;
    const changes = isPart && { dealIds: moved.union(last.found), after: last.at };
    for await (const findings of changes ? among(context, definitions, changes) : all(context, definitions)) {
      for (const { dealId } of [...findings.stays, ...findings.outlived]) found.add(dealId);
      yield findings;
    }
    this.#last = { head, at, definitions: said, everythingAt: isPart ? last.everythingAt : at, found };
  }
}

/** The deals that something has happened to; `undefined` where everything should be looked at. */
const movedSince = async ({ views, now }: Watching, last: Look | undefined): Promise<Set<string> | undefined> => {
  if (!last || now() >= last.everythingAt + everythingEveryMs) return undefined;
  // The journeys are indexed by what they have seen last; whatever moves a deal is in them.
  const moved = await views.view(journeys).changedSince(last.head, mostMoved + 1);
  return moved.length > mostMoved ? undefined : new Set(moved);
};

async function* all(context: Watching, definitions: Definitions): AsyncGenerator<Findings> {
  for await (const stays of overdueStays(context, limitedStages(definitions))) yield { stays, outlived: [] };
  for await (const outlived of outlivedAlerts(context, definitions)) yield { stays: [], outlived };
}

/** Where something may be found since the last look. */
interface Changes {
  readonly dealIds: ReadonlySet<string>;
  /** When that was: what time has made overdue is so since then. */
  readonly after: number;
}

async function* among(
  context: Watching,
  definitions: Definitions,
  { dealIds, after }: Changes,
): AsyncGenerator<Findings> {
  const ids = [...dealIds];
  for (let place = 0; place < ids.length; place += handful) {
    yield judged(context, definitions, ids.slice(place, place + handful));
  }
  for await (const stays of overdueStays(context, limitedStages(definitions), after)) {
    yield { stays: stays.filter(({ dealId }) => !dealIds.has(dealId)), outlived: [] };
  }
}

const judged = async (context: Watching, definitions: Definitions, dealIds: readonly string[]): Promise<Findings> => {
  const rows = await context.views.view(aging).getEach(dealIds);
  const overdue = [...rows.values()].filter((row) => isOverdue(row, definitions, context));
  const [stays, outlived] = await Promise.all([
    withoutAlert(context, overdue),
    outlivedAmong(context, definitions, rows),
  ]);
  return { stays, outlived };
};
