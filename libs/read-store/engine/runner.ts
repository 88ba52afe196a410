import { formatPosition } from '@funnel/kernel';
import { isStoreFault } from '../faults.ts';
import { handBack, heldBy, writeHeld } from '../lease.ts';
import { open, type Build } from './build.ts';
import type { AnyProjection, Engine } from './engine.ts';
import { startFeed, type Feed } from './feed.ts';
import { dropBuild, flip, putInForce } from './flip.ts';
import { plan, retired, surveyViews, type Survey, type Wanted } from './plan.ts';
import { releaseStream } from './release.ts';

/** The builds that one run keeps up, and the readings of the log that feed them. */
export class Runner {
  /** By the build's key. */
  private readonly running = new Map<string, Build>();
  private readonly feeds = new Set<Feed>();
  /** Builds that cannot go on, and why. */
  private readonly refused = new Map<string, { readonly build: Build; readonly reason: string; isNoted: boolean }>();
  private renewedAt = 0;

  constructor(
    private readonly engine: Engine,
    private readonly views: readonly AnyProjection[],
  ) {}

  /** One look around: whatever has to begin, end, move or be tried again since the last one. */
  async tick(): Promise<void> {
    await this.renew();
    await this.noteRefusals();
    const survey = await surveyViews(
      this.engine.tables,
      this.views.map(({ name }) => name),
    );
    const wanted = this.views.flatMap((view) => plan(view, survey));
    this.forgetRefusals(wanted, survey);
    await this.giveUpUnwanted(wanted);
    await this.openWanted(wanted);
    await this.releaseAsked();
    await this.merge();
    await this.putReadyInForce(wanted);
    await this.dropRetired(survey);
  }

  /** Ends reading and frees the leases. */
  async stop(): Promise<void> {
    await Promise.all([...this.feeds].map((feed) => feed.halt()));
    const leases = [...this.running.values()].map(({ lease }) => lease);
    // A store that is gone cannot be told; the leases run out by themselves.
    await handBack(this.engine.tables, leases).catch((error: unknown) =>
      this.engine.tell({ kind: 'store-fault', error }),
    );
  }

  private async renew(): Promise<void> {
    const { tables, timing } = this.engine;
    const now = Date.now();
    const builds = [...this.running.values()];
    if (builds.length === 0 || now - this.renewedAt < timing.leaseMs / 5) return;
    const fields = ({ current }: Build) => (current ? { currentAt: now } : {});
    const held = await writeHeld(tables, builds, { leaseMs: timing.leaseMs, fields });
    this.renewedAt = now;
    for (const build of builds.filter(({ id }) => !held.has(id.key))) this.lose(build);
  }

  private lose(build: Build): void {
    if (this.running.get(build.id.key) !== build) return;
    this.running.delete(build.id.key);
    for (const feed of this.feeds) feed.builds.delete(build);
    this.engine.tell({ kind: 'lease-lost', build: build.id.key });
  }

  private refuse(builds: readonly Build[], reason: string): void {
    for (const build of builds) {
      this.running.delete(build.id.key);
      this.refused.set(build.id.key, { build, reason, isNoted: false });
      this.engine.tell({ kind: 'refused', build: build.id.key, reason });
    }
  }

  private async noteRefusals(): Promise<void> {
    for (const refusal of this.refused.values()) {
      if (refusal.isNoted) continue;
      const update = { $set: { fault: refusal.reason, holder: null, expiresAt: 0 } };
      await this.engine.tables.checkpoints.updateOne(heldBy(refusal.build.lease), update);
      refusal.isNoted = true;
    }
  }

  /** A refused build is left alone until it is no longer wanted, or its checkpoint is gone and it may begin again. */
  private forgetRefusals(wanted: readonly Wanted[], { checkpoints }: Survey): void {
    const keys = new Set(wanted.map(({ id }) => id.key).filter((key) => checkpoints.has(key)));
    for (const key of this.refused.keys()) if (!keys.has(key)) this.refused.delete(key);
  }

  private async giveUpUnwanted(wanted: readonly Wanted[]): Promise<void> {
    const keys = new Set(wanted.map(({ id }) => id.key));
    const unwanted = [...this.running.values()].filter(({ id }) => !keys.has(id.key));
    const touched = [...this.feeds].filter(
      ({ builds }) => builds.size === 0 || unwanted.some((build) => builds.has(build)),
    );
    await this.paused(touched, async () => {
      for (const { id } of unwanted) this.running.delete(id.key);
    });
    await handBack(
      this.engine.tables,
      unwanted.map(({ lease }) => lease),
    );
  }

  private async openWanted(wanted: readonly Wanted[]): Promise<void> {
    const within = wanted.filter(({ id, isFree }) => isFree && !this.running.has(id.key) && !this.refused.has(id.key));
    const opened = await Promise.all(within.map(({ id, projection }) => open(this.engine, projection, id)));
    const builds = opened.filter((build) => build !== null);
    for (const build of builds) this.running.set(build.id.key, build);
    const startingAlike = Map.groupBy(builds, ({ position }) => formatPosition(position));
    for (const alike of startingAlike.values()) this.start(alike);
  }

  private async releaseAsked(): Promise<void> {
    const { tables } = this.engine;
    const asked = await tables.parked.find({ release: true, build: { $in: [...this.running.keys()] } }).toArray();
    for (const { build: key, stream } of asked) {
      const build = this.running.get(key);
      if (build)
        await this.paused(
          [...this.feeds].filter(({ builds }) => builds.has(build)),
          () => this.tryRelease(build, stream),
        );
    }
  }

  private async tryRelease(build: Build, stream: string): Promise<void> {
    try {
      await releaseStream(this.engine, build, stream);
    } catch (error) {
      if (isStoreFault(error)) throw error;
      // The request stands and is tried again at the next tick.
      this.engine.tell({ kind: 'fault', error });
    }
  }

  /** Feeds that have all reached the live edge become one: from there on the log is read once. */
  private async merge(): Promise<void> {
    const level = [...this.feeds].filter(({ builds }) => [...builds].every(({ current }) => current));
    if (level.length > 1) await this.paused(level, async () => undefined);
  }

  private async putReadyInForce(wanted: readonly Wanted[]): Promise<void> {
    for (const { id, part } of wanted) {
      const build = this.running.get(id.key);
      if (part === 'first' && build) await putInForce(this.engine.tables, build);
      if (part === 'successor' && build?.current) await flip(this.engine, build);
    }
  }

  private async dropRetired(survey: Survey): Promise<void> {
    for (const checkpoint of retired(survey, this.engine.timing.retireMs)) {
      const inForce = survey.aliases.get(checkpoint.view)?.build ?? '';
      if (this.running.has(inForce)) await dropBuild(this.engine, checkpoint);
    }
  }

  private start(builds: readonly Build[]): void {
    if (builds.length === 0 || this.engine.signal.aborted) return;
    const feed = startFeed(this.engine, builds, {
      lost: (build) => this.lose(build),
      refused: (refused, reason) => this.refuse(refused, reason),
    });
    this.feeds.add(feed);
  }

  /** Halts the feeds for as long as `act` takes; then one feed goes on with those of their builds that still run. */
  private async paused(feeds: readonly Feed[], act: () => Promise<void>): Promise<void> {
    await Promise.all(feeds.map((feed) => feed.halt()));
    for (const feed of feeds) this.feeds.delete(feed);
    try {
      await act();
    } finally {
      const builds = feeds.flatMap((feed) => [...feed.builds]);
      this.start(builds.filter((build) => this.running.get(build.id.key) === build));
    }
  }
}
