/** Everything that can be wrong, and what it means. Codes are stable: add, never rename. */
export const findingKinds = {
  'link-broken': 'an event names another predecessor than the one that stands before it: one of the two was changed',
  'event-missing': 'events of a stream are not there, though later ones are',
  'event-misplaced': 'an event stands in the log behind a later one of its stream',
  'event-unchained': 'an event names no predecessor, though earlier ones of its stream do',
  'stream-cut': 'a root knows of later events of a stream than the log holds',
  'event-replaced': 'an event is not the one that a root knows at that place',
  'event-unknown': 'an event stands in the log before a root that does not know of it',
  'root-unsigned': 'the signature of a root is wrong, or made with another key',
  'root-out-of-order': 'a root does not follow the one before it',
  'root-incomplete': 'the ends of streams kept with a root are not those that it was made over',
  'root-differs': 'the tree over all streams is not the one that a root was made over',
  'root-missing': 'a root that was kept outside is not in the log',
} as const;
export type FindingKind = keyof typeof findingKinds;

/** One thing that is wrong, as exactly as it can be told. */
export interface Finding {
  readonly kind: FindingKind;
  readonly stream: string | null;
  readonly revision: number | null;
  /** Of the event, where it is there to be read. */
  readonly id: string | null;
  /** Number of the root that tells. */
  readonly root: number | null;
  /** In a sentence. */
  readonly detail: string;
}

const nothing = { stream: null, revision: null, id: null, root: null } as const;

export const finding = (kind: FindingKind, about: Partial<Finding> & Pick<Finding, 'detail'>): Finding => ({
  kind,
  ...nothing,
  ...about,
});
