/** A reason not to start, or to stop, worded for the person at the terminal: what is wrong and what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
