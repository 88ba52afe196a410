/** Something that the launcher starts, watches and stops. */
export interface Service {
  readonly name: string;
  launch(): Running;
}

export interface Running {
  /** Resolves once it serves. Rejects when it does not get there; then it ends as well. */
  readonly ready: Promise<void>;
  /** Resolves, never rejects, with how it ended, in words. */
  readonly ended: Promise<string>;
  /** Stops it at any time, also while it starts. Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface Output {
  /** What a person wants to know. */
  say(line: string): void;
  /** What a person should look into. */
  warn(line: string): void;
}
