/** Why the server could not start; the message is a sentence for whoever started it. */
export type StartErrorCode =
  'port-in-use' | 'address-unusable' | 'data-folder-locked' | 'data-folder-unusable' | 'data-damaged' | 'data-too-new';

/** The server did not start, and changed nothing. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
