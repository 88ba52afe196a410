import type { Observed, Visits } from './observed.ts';
import { repeated, type PackedVisits, type SortedVisits } from './packed-visits.ts';
import type { Random } from './random.ts';
import { Sojourn } from './sojourn.ts';

/** By stage code, how long deals stay there and where they go. */
export type Model = readonly Sojourn[];

const placesByStage = ({ stages }: Visits, stageCount: number): Uint32Array[] => {
  const counts = new Uint32Array(stageCount);
  for (const stage of stages) counts[stage]! += 1;
  const places = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let visit = 0; visit < stages.length; visit += 1) {
    const stage = stages[visit]!;
    places[stage]![counts[stage]!] = visit;
    counts[stage]! += 1;
  }
  return places;
};

/** The visits of each stage, made ready to learn from. */
export const visitsByStage = ({ visits, exitCodes }: Pick<Observed, 'visits' | 'exitCodes'>): SortedVisits[] => {
  const { dwells, exits } = visits;
  // Seen standing after so long means not ended by then: at equal lengths what ended comes first.
  const inOrder = (one: number, other: number): number =>
    dwells[one]! - dwells[other]! || Number(exits[one] === exitCodes.none) - Number(exits[other] === exitCodes.none);
  // No stage of the history has the code of winning, so that it is the number of stages.
  return placesByStage(visits, exitCodes.won).map((places) => {
    places.sort(inOrder);
    return {
      dwells: Uint32Array.from(places, (visit) => dwells[visit]!),
      exits: Uint32Array.from(places, (visit) => exits[visit]!),
    };
  });
};

/** Of the Poisson distribution with mean 1: the probability of at most 0, 1, 2 …, as words that are drawn. */
const poisson = [0.367879441, 0.735758882, 0.919698603, 0.98101184, 0.996340153, 0.999405815, 0.999916758].map(
  (share) => share * 2 ** 32,
);

const drawTimes = (random: Random, length: number): Uint8Array => {
  const times = new Uint8Array(length);
  for (let visit = 0; visit < length; visit += 1) {
    const word = random.word();
    let count = 0;
    while (count < poisson.length && word >= poisson[count]!) count += 1;
    times[visit] = count;
  }
  return times;
};

/**
 * What history might have said as well: each visit counts as often as a Poisson draw of mean 1 has it, the bootstrap for long
 * lists (Hanley and MacGibbon, 2006).
 */
export const resampledModel = (stages: readonly PackedVisits[], random: Random): Model =>
  stages.map((visits) => new Sojourn(repeated(visits, drawTimes(random, visits.count))));
