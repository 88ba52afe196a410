import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { Future, type DealsInPlay, type Span } from './future.ts';
import { groupsOf, type SimulationGroups } from './groups.ts';
import { arrive, inflowOf, type Inflow } from './inflow.ts';
import { learntVisits } from './learnt.ts';
import { resampledModel, visitsByStage, type Model } from './model.ts';
import { observe, wholeSeconds, type DealsSeen, type Observed } from './observed.ts';
import { Random } from './random.ts';
import type { SimulatedGroup, Simulation, SimulationRequest } from './request.ts';
import { Runs } from './runs.ts';
import { packed, type SortedVisits } from './packed-visits.ts';
import { Aiming } from './aiming.ts';

/** How many times the model is learnt anew, from what history might have said as well. */
const mostModels = 50;

/** Everything that the futures are drawn from. */
interface Scene {
  readonly request: SimulationRequest;
  readonly seen: Observed;
  readonly stages: readonly SortedVisits[];
  readonly groups: SimulationGroups;
  readonly span: Span;
  readonly inflow: Inflow | null;
}

const sceneOf = (history: KnownHistory, funnel: DefinedFunnel, request: SimulationRequest): Scene => {
  const { asOf, ends, inflowWeeks } = request;
  const seen = observe(history, funnel, asOf);
  const inflow = inflowWeeks === null ? null : inflowOf(seen.arrivals, asOf, inflowWeeks);
  const groups = groupsOf(history, request, inflow === null ? [seen.open] : [seen.open, seen.arrivals]);
  const span = {
    ends: Float64Array.from(ends, (end) => end - asOf),
    groupCount: groups.names.length,
    exitCodes: seen.exitCodes,
    targetUntil: (request.target?.until ?? -Infinity) - asOf,
  };
  return { request, seen, stages: visitsByStage(seen), groups, span, inflow };
};

/** Which owners' deals count towards the target, by owner code. */
const countingOwners = (history: KnownHistory, { target, asOf }: SimulationRequest, seen: Observed): Uint8Array => {
  if (target === undefined) return new Uint8Array(history.owners.texts.length);
  const { names, ofOwner } = groupsOf(history, { by: target.by, asOf }, [seen.open, seen.arrivals]);
  const wanted = names.indexOf(target.key);
  return Uint8Array.from(ofOwner, (group) => Number(group === wanted));
};

const inPlay = ({ stages, owners, amounts }: DealsSeen, { ofOwner }: SimulationGroups, counts: Uint8Array) => ({
  ...{ stages, amounts, outlived: new Uint32Array(stages.length) },
  groups: owners.map((owner) => ofOwner[owner]!),
  counting: Uint8Array.from(owners, (owner) => counts[owner]!),
});

/** How many visits of its stage each open deal has outlived. */
const noteOutlived = ({ outlived }: DealsInPlay, { stages, times }: DealsSeen, model: Model): void => {
  for (let deal = 0; deal < outlived.length; deal += 1) {
    outlived[deal] = model[stages[deal]!]!.upTo(wholeSeconds(times[deal]!));
  }
};

interface Cast {
  readonly open: DealsInPlay;
  /** When the present visits of open deals began, milliseconds from now. */
  readonly begun: Float64Array;
  readonly arrivals: DealsInPlay;
}

/** Draws one future of everything that stands open and of what comes. */
const play = (
  future: Future,
  { inflow, span }: Scene,
  { open, begun, arrivals, random }: Cast & { random: Random },
) => {
  future.followAll(open, begun);
  const until = span.ends.at(-1) ?? 0;
  if (inflow) arrive(inflow, { until, random }, (deal, at) => future.add(arrivals, deal, at));
};

const standing = ({ seen, groups }: Scene): { counts: number[]; amounts: number[] } => {
  const [counts, amounts] = [groups.names.map(() => 0), groups.names.map(() => 0)];
  for (const [deal, owner] of seen.open.owners.entries()) {
    const group = groups.ofOwner[owner]!;
    counts[group]! += 1;
    amounts[group]! += seen.open.amounts[deal]!;
  }
  return { counts, amounts };
};

const shown = (scene: Scene, runs: Runs): SimulatedGroup[] => {
  const { counts, amounts } = standing(scene);
  return scene.groups.names.map((key, group) => {
    const stood = { count: counts[group]!, amount: amounts[group]! };
    const periods = runs.periodsOf(group, stood).map((period, index) => {
      return { until: scene.request.ends[index]!, ...period };
    });
    return { key, count: stood.count, amount: BigInt(stood.amount), periods };
  });
};

/**
 * What the coming periods may bring: many futures of the open deals and of the prospects to come, by a semi-Markov model of what
 * the same funnel's deals did until the instant. The same history and request give the same digits. Pauses between the parts
 * of the work, so that a thread can do other things meanwhile.
 */
export function* simulation(
  history: KnownHistory,
  funnel: DefinedFunnel,
  request: SimulationRequest,
): Generator<undefined, Simulation> {
  const scene = sceneOf(history, funnel, request);
  const { seen, stages, groups, inflow, span } = scene;
  const counts = countingOwners(history, request, seen);
  const cast = {
    ...{ open: inPlay(seen.open, groups, counts), begun: seen.open.times.map((time) => -time) },
    arrivals: inPlay(seen.arrivals, groups, counts),
  };
  const runs = new Runs(request.runs, span);
  const aiming = request.target && new Aiming(request, seen, { target: request.target, arrivals: cast.arrivals });
  const visits = stages.map((sorted) => packed(sorted, seen.exitCodes.none));
  const models = Math.min(mostModels, request.runs);
  for (let drawn = 0; drawn < models; drawn += 1) {
    yield;
    const model = resampledModel(visits, Random.of(request.seed, -1 - drawn));
    noteOutlived(cast.open, seen.open, model);
    for (let run = drawn; run < request.runs; run += models) {
      const random = Random.of(request.seed, run);
      const future = new Future(span, model, random);
      play(future, scene, { ...cast, random });
      runs.keep(run, future);
      aiming?.note(run, future, random);
    }
  }
  yield;
  return {
    currency: funnel.versions[0].definition.currency,
    learnt: learntVisits(history, funnelAt(funnel, request.asOf), { stages, exitCodes: seen.exitCodes }),
    inflow: inflow && { weeks: inflow.weeks, arrivals: inflow.places.length },
    groups: shown(scene, runs),
    target: aiming?.answer ?? null,
  };
}

/** The same in one go. */
export const simulate = (history: KnownHistory, funnel: DefinedFunnel, request: SimulationRequest): Simulation => {
  const steps = simulation(history, funnel, request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
