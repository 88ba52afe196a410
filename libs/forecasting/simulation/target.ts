/** What is to be won, by whom, until when. */
export interface Target {
  /** Minor units that are still missing. */
  readonly amount: number;
  /** Milliseconds since 1970; within the periods that are simulated. */
  readonly until: number;
  /** Whose deals count: a group of the kind asked for; `total` counts all. */
  readonly by: 'total' | 'owner' | 'team';
  readonly key: string;
  /** In how many of 100 futures it is to be reached. */
  readonly chance: number;
  /** The prospects to add are like those of so many of the latest weeks. */
  readonly likeWeeks: number;
}

export interface TargetAnswer {
  /** The share of the futures that reach it with nothing added beside the inflow. */
  readonly reached: number;
  /** How many prospects added now reach it in enough futures; `null`: not even {@link mostAdded} do. */
  readonly needed: number | null;
  /** How many prospects that came lately the new ones are like, in stage and amount. */
  readonly like: number;
}

/** More prospects than anybody adds at once. */
export const mostAdded = 2_000;
