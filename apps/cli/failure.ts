/** An expected failure: its message is for the person at the shell, without a stack. */
export class CommandFailed extends Error {}

/** The API said no. */
export class Refused extends CommandFailed {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Nobody answered. Whoever has begun something may ask again. */
export class NoAnswer extends CommandFailed {}
