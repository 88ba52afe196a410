/** A server of this machine is missing or did not start. The message is meant for the person at the terminal. */
export class ServerUnavailable extends Error {
  override readonly name: string = 'ServerUnavailable';
}

/** Throws once the start is given up. */
export const goOn = (signal: AbortSignal | undefined, name: string): void => {
  if (signal?.aborted) throw new ServerUnavailable(`The start of ${name} was given up.`);
};
