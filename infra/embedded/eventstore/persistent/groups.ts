import { shuttingDown, type StatusError } from '../errors.ts';
import type { EventLog } from '../log/event-log.ts';
import type { StoredGroup } from '../log/group-table.ts';
import { announce } from './announce.ts';
import { alreadyExists, doesNotExist, dropped, failed } from './refusals.ts';
import { RunningGroup, type Standing } from './running-group.ts';
import { allStream, groupId, type GroupDefinition, type GroupKey } from './settings.ts';

/** Milliseconds between two looks at the clock. */
const tickInterval = 200;

/** Called once, when it is on disk or with why it is not. */
type Answer = (error?: StatusError) => void;

/** Every persistent subscription of a log. */
export class Groups {
  readonly #log: EventLog;
  readonly #groups = new Map<string, RunningGroup>();
  readonly #clock: NodeJS.Timeout;
  #isClosed = false;

  constructor(log: EventLog) {
    this.#log = log;
    this.#load();
    this.#clock = setInterval(() => this.#groups.forEach((group) => group.tick()), tickInterval).unref();
  }

  create(definition: GroupDefinition, answer: Answer): void {
    if (this.#groups.has(groupId(definition))) return answer(alreadyExists(definition));
    this.#checkStart(definition);
    const group = this.#run(definition, { origin: this.#originOf(definition) });
    this.#save(group, (error) => {
      if (error) this.#end(group, error);
      answer(error);
    });
    this.#announce();
  }

  /** Other settings for the same events: goes on at its checkpoint, otherwise where the new settings say. */
  update(definition: GroupDefinition, answer: Answer): void {
    const old = this.get(definition);
    this.#checkStart(definition);
    const { filter, settings } = old.definition;
    const isSameStart = settings.startFrom === definition.settings.startFrom;
    const origin = isSameStart ? old.origin : this.#originOf(definition);
    old.close(dropped(definition));
    this.#save(this.#run({ ...definition, filter }, { origin, checkpoint: old.checkpoint }), answer);
    this.#announce();
  }

  delete(key: GroupKey, answer: Answer): void {
    const group = this.get(key);
    this.#end(group, dropped(key));
    group.parked.remove();
    this.#log.groups.remove(key, (failure) => answer(failure && failed(key, reasonOf(failure))));
    this.#announce();
  }

  /** Throws if there is no such group. */
  get(key: GroupKey): RunningGroup {
    const group = this.#groups.get(groupId(key));
    if (!group) throw doesNotExist(key);
    return group;
  }

  all(): RunningGroup[] {
    return [...this.#groups.values()];
  }

  /** Drops every consumer, and begins again with each group at its checkpoint. */
  restart(): void {
    if (this.#isClosed) throw shuttingDown();
    for (const group of this.all()) {
      const { definition, origin, checkpoint } = group;
      group.close(dropped(definition));
      this.#run(definition, { origin, checkpoint });
    }
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#clock);
    for (const group of this.#groups.values()) group.close(shuttingDown());
    this.#groups.clear();
  }

  #load(): void {
    for (const { definition, origin, checkpoint } of this.#log.groups.all())
      this.#run(JSON.parse(definition) as GroupDefinition, { origin, checkpoint: checkpoint ?? undefined });
  }

  #run(definition: GroupDefinition, standing: Standing): RunningGroup {
    if (this.#isClosed) throw shuttingDown();
    const group = new RunningGroup(this.#log, definition, standing);
    this.#groups.set(groupId(definition), group);
    return group;
  }

  #end(group: RunningGroup, reason: StatusError): void {
    group.close(reason);
    if (this.#groups.get(groupId(group.definition)) === group) this.#groups.delete(groupId(group.definition));
  }

  #save({ definition, origin, checkpoint }: RunningGroup, answer: Answer): void {
    const { stream, name } = definition;
    const stored: StoredGroup = {
      stream,
      name,
      definition: JSON.stringify(definition),
      origin,
      checkpoint: checkpoint ?? null,
    };
    this.#log.groups.save(stored, (failure) => answer(failure && failed(definition, reasonOf(failure))));
  }

  #announce(): void {
    const definitions = this.all().map(({ definition }) => definition);
    announce(this.#log, definitions);
  }

  #checkStart(definition: GroupDefinition): void {
    const { startFrom } = definition.settings;
    if (definition.stream === allStream && typeof startFrom === 'number' && startFrom > this.#log.tail.last)
      throw failed(
        definition,
        'Invalid Start From position: commit position must be less than or equal to the last commit position in the transaction file.',
      );
  }

  /** The place before the first event that is wanted. The end is where the end is now, also after a restart. */
  #originOf({ stream, settings: { startFrom } }: GroupDefinition): number {
    if (stream === allStream) {
      if (startFrom === 'end') return this.#log.tail.last;
      return startFrom === 'start' ? 0 : Math.max(0, startFrom - 1);
    }
    if (typeof startFrom === 'number') return startFrom - 1;
    const standing = this.#log.reader.standing(stream);
    return startFrom === 'end' && standing.kind === 'readable' ? standing.last : -1;
  }
}

const reasonOf = ({ cause }: { cause: unknown }): string => (cause as Error).message;
