import type { Page } from 'playwright-core';
import type { Visit } from './visit.ts';
import { Walk, type Walker } from './walk.ts';

type Person = Exclude<Walker['as'], undefined | 'nobody'>;

/** A day of one person on one page, told step by step: each begins where the one before it ended. */
export class Day {
  walk!: Walk;
  visit!: Visit;

  get page(): Page {
    return this.visit.page;
  }

  /** By the link that the product prints for him. */
  async signIn({ role, user }: Person): Promise<void> {
    await this.page.getByRole('heading', { name: 'Sign in to Funnel Ledger' }).waitFor();
    // Who is not signed in is refused, and browsers say so.
    this.visit.complaints.length = 0;
    await this.page.goto(`/sign-in?token=${this.walk.funnel('token', '--role', role, '--user', user).trim()}`);
  }

  async goTo(room: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: room, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: room }).waitFor();
    await this.visit.settled();
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }
}

/** Begins before the first test of a file and ends after its last; no step may keep anybody out or make the page complain. */
export const aDay = (deals: number, prepare: (walk: Walk) => Promise<unknown>): Day => {
  const day = new Day();
  beforeAll(async () => {
    day.walk = await Walk.start(deals);
    await prepare(day.walk);
    day.visit = await day.walk.open('/', { as: 'nobody' });
  }, 120_000);
  afterAll(async () => {
    await day.visit?.close();
    await day.walk?.stop();
  });
  afterEach(async () => {
    expect(await day.visit.barriers()).toEqual([]);
    expect(day.visit.complaints).toEqual([]);
  });
  return day;
};
