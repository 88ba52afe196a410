import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { DamagedLog } from './log/row.ts';
import { MalformedMessage } from './wire/reader.ts';

/** A refusal as a gRPC status; the trailers say in the protocol's own words what happened. */
export class StatusError extends Error implements ServiceError {
  override readonly name = 'StatusError';
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;

  constructor(code: status, details: string, trailers: Record<string, string> = {}) {
    super(details);
    this.code = code;
    this.details = details;
    this.metadata = new Metadata();
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, ascii(value));
  }
}

/** Trailers are ASCII; other characters travel percent-encoded, as in a URL. */
const ascii = (text: string): string =>
  text.replace(/[^\x20-\x7e]+/gu, (part) => encodeURIComponent(part.toWellFormed()));

export const streamDeleted = (stream: string): StatusError =>
  new StatusError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const wrongExpectedVersion = (operation: string, stream: string, versions: [string, string]): StatusError =>
  new StatusError(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${versions[0]}, Actual version: ${versions[1]}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': versions[0],
      'actual-version': versions[1],
    },
  );

export const maximumAppendSizeExceeded = (limit: number): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const requiredMetadataMissing = (property: string): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const invalidArgument = (details: string): StatusError => new StatusError(status.INVALID_ARGUMENT, details);

/** The real server's handler throws at what it did not foresee, and gRPC tells no more than this. */
export const handlerFailed = (): StatusError => new StatusError(status.UNKNOWN, 'Exception was thrown by handler.');

/** An argument that may not be empty is: in a batch the real server says which one, elsewhere its handler throws. */
export class EmptyArgument extends Error {
  override readonly name = 'EmptyArgument';

  constructor(argument: string) {
    super(`Empty ${argument} provided. (Parameter '${argument}')`);
  }
}

/** What the real server has, and this one has not. */
export const notSupported = (what: string): StatusError =>
  new StatusError(status.UNIMPLEMENTED, `${what} is not supported by this server.`);

/** The real server's answer to who reads no events, or forwards from the end. */
export const unreadableStream = (): StatusError =>
  new StatusError(status.UNKNOWN, 'Unexpected ReadStreamResult: Error');

export const shuttingDown = (): StatusError => new StatusError(status.UNAVAILABLE, 'The server is shutting down.');

/** Whatever was thrown, as something that can be sent. */
export const toStatusError = (error: unknown): StatusError => {
  if (error instanceof StatusError) return error;
  if (error instanceof EmptyArgument) return handlerFailed();
  if (error instanceof MalformedMessage) return invalidArgument(error.message);
  return new StatusError(error instanceof DamagedLog ? status.DATA_LOSS : status.UNKNOWN, (error as Error).message);
};
