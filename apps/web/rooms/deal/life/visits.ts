import { asItHappened, type HistoryLine } from '../../../deals/history.ts';

/** How a stage was entered. */
export type Way = 'added' | 'advanced' | 'regressed' | 'reopened';

/** One stay in one stage. Instants in milliseconds since 1970. */
export interface Visit {
  readonly stage: string;
  readonly way: Way;
  readonly from: number;
  /** When it ended; `null` while the deal stands there. */
  readonly until: number | null;
}

const ways: Readonly<Record<string, Way>> = {
  ProspectAdded: 'added',
  StageAdvanced: 'advanced',
  StageRegressed: 'regressed',
  DealReopened: 'reopened',
};
const ends = ['DealWon', 'DealLost'];

const entered = ({ type, data, occurredAt }: HistoryLine): Visit | undefined => {
  const way = ways[type];
  return way && { stage: String(data['to'] ?? data['stage']), way, from: Date.parse(occurredAt), until: null };
};

/** The stays of a deal's life, from the first to the present one. */
export const visitsOf = (history: readonly HistoryLine[]): Visit[] => {
  const visits: Visit[] = [];
  const leave = (until: number) => {
    const last = visits.at(-1);
    if (last?.until === null) visits[visits.length - 1] = { ...last, until };
  };
  for (const line of asItHappened(history)) {
    const visit = entered(line);
    if (visit || ends.includes(line.type)) leave(Date.parse(line.occurredAt));
    if (visit) visits.push(visit);
  }
  return visits;
};

/** What a deal spent in one stage, over all its stays there. */
export interface Stay {
  readonly visits: number;
  readonly seconds: number;
  /** Whether it stands there. */
  readonly isPresent: boolean;
  readonly cameBack: boolean;
}

const unvisited: Stay = { visits: 0, seconds: 0, isPresent: false, cameBack: false };

const withVisit = (stay: Stay, { way, from, until }: Visit, at: number): Stay => ({
  visits: stay.visits + 1,
  seconds: stay.seconds + (Math.min(until ?? at, at) - from) / 1_000,
  isPresent: until === null || until > at,
  cameBack: stay.cameBack || way === 'regressed' || way === 'reopened',
});

/** Stays by stage up to an instant. */
export const staysUntil = (visits: readonly Visit[], at: number): ReadonlyMap<string, Stay> => {
  const stays = new Map<string, Stay>();
  for (const visit of visits.filter(({ from }) => from <= at)) {
    stays.set(visit.stage, withVisit(stays.get(visit.stage) ?? unvisited, visit, at));
  }
  return stays;
};
