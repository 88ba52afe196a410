/** An expected failure: its message is for the person at the shell, without a stack. */
export class CommandFailed extends Error {}

/** Nobody answered. Whoever has begun something may ask again. */
export class NoAnswer extends CommandFailed {}
