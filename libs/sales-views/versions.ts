interface Version {
  readonly at: number;
}
export type Versions<V extends Version> = readonly [V, ...V[]];

/** Versions with one more, by business time; of one instant the one recorded later comes later. */
export const withVersion = <V extends Version>(versions: readonly V[], version: V): Versions<V> => {
  const [first = version, ...rest] = [...versions, version].sort((a, b) => a.at - b.at);
  return [first, ...rest];
};

/** The version in force at an instant; the first one also holds for the time before it. */
export const inForce = <V extends Version>(versions: Versions<V>, at: number): V =>
  versions.findLast((version) => version.at <= at) ?? versions[0];
