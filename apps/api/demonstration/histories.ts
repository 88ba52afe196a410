import { contacts, firms, industries, lossReasons, products, regions, reps, stages, type DemoRep } from './company.ts';
import { chance, type Chance } from './random.ts';

export interface DemoRequest {
  readonly deals: number;
  readonly years: number;
  readonly seed: number;
  /** The present of the demonstration, milliseconds since 1970: nothing happens after it. */
  readonly until: number;
}

const day = 86_400_000;

/** One deal's life so far, told row by row until the present is reached. */
class DealStory {
  readonly rows: string[][] = [];
  private now: number;
  private owner: DemoRep;
  private amount: number;
  private readonly about: readonly string[];

  private readonly luck: Chance;

  constructor(private readonly beginning: { dealId: string; luck: Chance; added: number; until: number }) {
    const { luck, added } = beginning;
    this.luck = luck;
    this.now = added;
    this.owner = luck.oneOf(reps);
    this.amount = Math.round(luck.around(600, 0.9)) * 1_000;
    const region = luck.oneOf(regions);
    const customer = `${luck.oneOf(firms)} ${region}`;
    const close = new Date(added + luck.whole(60, 300) * day).toISOString().slice(0, 10);
    this.about = [`${luck.oneOf(products)} for ${customer}`, customer, region, luck.oneOf(industries), close];
  }

  /** Records what happens now, unless the present is passed. */
  tell(activity: string): void {
    const { dealId, until } = this.beginning;
    if (this.now > until) return;
    const time = new Date(this.now).toISOString();
    this.rows.push([dealId, time, activity, this.owner.id, `${this.amount}`, ...this.about]);
  }

  wait(days: number): void {
    this.now += Math.max(60_000, Math.round(days * day));
  }

  /** Talks with the customer, now and then with a new price or another rep, until the stage is left. */
  work(days: number): void {
    const meetings = this.luck.whole(1, 4);
    this.tell('planned');
    for (let meeting = 0; meeting < meetings; meeting += 1) {
      this.wait((days / meetings) * (0.5 + this.luck.unit()));
      if (this.luck.happens(0.05))
        this.owner = this.luck.oneOf(reps.filter(({ teamId }) => teamId === this.owner.teamId));
      this.tell(this.luck.oneOf(contacts));
      if (this.luck.happens(0.12)) this.reprice();
    }
    if (this.luck.happens(0.7)) this.tell('followed up');
  }

  goesOn(odds: number): boolean {
    return this.luck.happens(Math.min(0.97, odds * this.owner.skill));
  }

  private reprice(): void {
    this.amount = Math.max(10_000, Math.round((this.amount * (0.8 + 0.35 * this.luck.unit())) / 1_000) * 1_000);
    this.tell('valued');
  }
}

const tellStory = (story: DealStory, luck: Chance): void => {
  story.tell('added');
  for (let at = 0; at < stages.length; at += 1) {
    const { goesOn, days } = stages[at] as (typeof stages)[number];
    story.work(luck.around(days, 0.6));
    if (at > 1 && luck.happens(0.04)) {
      story.tell(`to:${stages[at - 1]?.key}`);
      story.work(luck.around(days, 0.6));
      story.tell(`to:${stages[at]?.key}`);
    }
    if (!story.goesOn(goesOn)) {
      // A deal that nobody closes stays where it is for months: that is what aging is for.
      if (luck.happens(0.25)) story.wait(luck.around(100, 0.6));
      story.tell(`lost:${luck.oneOf(lossReasons)}`);
      if (!luck.happens(0.05)) return;
      story.wait(luck.around(40, 0.5));
      story.tell('reopened');
    }
    const next = stages[at + 1];
    story.tell(next ? `to:${next.key}` : 'won');
  }
};

/** The rows of a seeded company's deals; rows of one deal follow each other. The same request gives the same rows. */
export function* demoRows({ deals, years, seed, until }: DemoRequest): Generator<string[]> {
  const luck = chance(seed);
  const span = years * 365 * day;
  for (let index = 1; index <= deals; index += 1) {
    // The square root makes the company grow: later years have more prospects.
    const added = until - span + Math.floor(span * Math.sqrt(luck.unit()));
    const story = new DealStory({ dealId: `demo-${seed}-${index}`, luck, added, until });
    tellStory(story, luck);
    yield* story.rows;
  }
}
