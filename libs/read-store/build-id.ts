/** One filling of a view: of which version, and the how-manieth rebuild (0 for the first). */
export interface BuildId {
  readonly view: string;
  readonly version: number;
  readonly rebuild: number;
  /** Key of its checkpoint, for instance `aging@2-r1`. */
  readonly key: string;
  /** Where its rows are, for instance `aging-v2-r1`. */
  readonly collection: string;
}

export const buildId = (view: string, version: number, rebuild = 0): BuildId => {
  const suffix = rebuild > 0 ? `-r${rebuild}` : '';
  return { view, version, rebuild, key: `${view}@${version}${suffix}`, collection: `${view}-v${version}${suffix}` };
};

type Generation = Pick<BuildId, 'version' | 'rebuild'>;

export const isOlder = (one: Generation, other: Generation): boolean =>
  one.version === other.version ? one.rebuild < other.rebuild : one.version < other.version;
