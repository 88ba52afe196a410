import type { DatabaseSync } from 'node:sqlite';

/** What happens around a transaction that the group shares. */
export interface GroupHooks {
  /** The transaction is on disk. Called before anybody is answered. */
  committed(): void;
  /** The transaction never happened: forget what it left in memory. */
  rolledBack(): void;
}

interface Job {
  work: () => unknown;
  answer: (result: unknown) => void;
  fail: (cause: unknown) => void;
}

/**
 * Everything that asks to write in one turn of the event loop shares one transaction, and so one wait for the disk.
 * Jobs run in the order they came; each sees what those before it wrote. Nobody is answered before it is on disk.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #hooks: GroupHooks;
  #jobs: Job[] = [];
  #beforehand: (() => void)[] = [];

  constructor(database: DatabaseSync, hooks: GroupHooks) {
    this.#database = database;
    this.#hooks = hooks;
  }

  run<T>(work: () => T, answer: (result: T) => void, fail: (cause: unknown) => void): void {
    this.#schedule();
    this.#jobs.push({ work, answer: answer as (result: unknown) => void, fail });
  }

  /**
   * Leaves to the end of the turn, before the commit, what comes of a message: the answers to the group before leave when the
   * connection has been read, and so need not wait for it. What it asks to write is of this group. It must not throw.
   */
  beforehand(work: () => void): void {
    this.#schedule();
    this.#beforehand.push(work);
  }

  /** Commits what waits, at once. */
  flush(): void {
    for (const work of this.#beforehand) work();
    this.#beforehand = [];
    const jobs = this.#jobs;
    this.#jobs = [];
    if (jobs.length === 0) return;
    const results = this.#attempt(jobs);
    if ('results' in results) {
      for (const [index, job] of jobs.entries()) job.answer(results.results[index]);
    } else if (jobs.length === 1) jobs[0]!.fail(results.cause);
    else this.#oneByOne(jobs);
  }

  /** Commits what waits, and what is to be written because of that. */
  drain(): void {
    while (!this.#isIdle) this.flush();
  }

  get #isIdle(): boolean {
    return this.#jobs.length === 0 && this.#beforehand.length === 0;
  }

  #schedule(): void {
    if (this.#isIdle) setImmediate(() => this.flush());
  }

  /** One job that cannot be done must not fail its neighbours. */
  #oneByOne(jobs: Job[]): void {
    for (const job of jobs) {
      const result = this.#attempt([job]);
      if ('results' in result) job.answer(result.results[0]);
      else job.fail(result.cause);
    }
  }

  #attempt(jobs: Job[]): { results: unknown[] } | { cause: unknown } {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const results = jobs.map((job) => job.work());
      this.#database.exec('COMMIT');
      this.#hooks.committed();
      return { results };
    } catch (cause) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#hooks.rolledBack();
      return { cause };
    }
  }
}
