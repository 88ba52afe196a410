/** The server's own numbers for what can go wrong; the name travels beside the number as `codeName`. */
const codes = {
  InternalError: 1,
  BadValue: 2,
  GraphContainsCycle: 5,
  FailedToParse: 9,
  UserNotFound: 11,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  OperationFailed: 96,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  NotExactValueField: 111,
  CappedPositionLost: 136,
  ExceededMemoryLimit: 146,
  ViewDepthLimitExceeded: 165,
  CommandNotSupportedOnView: 166,
  OptionNotSupportedOnView: 167,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  NoSuchTransaction: 251,
  UnsupportedOpQueryCommand: 352,
  CannotConvertIndexToUnique: 359,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  MergeStageNoMatchingDocument: 13113,
  NotImplemented: 238,
  InvalidLength: 16,
  InvalidBSON: 22,
  MaxTimeMSExpired: 50,
  NoReplicationEnabled: 76,
  NotAReplicaSet: 123,
  QueryPlanKilled: 175,
  AmbiguousIndexKeyPattern: 181,
  InvalidIndexSpecificationOption: 197,
  QueryFeatureNotAllowed: 224,
  ConversionFailure: 241,
  APIVersionError: 322,
  APIStrictError: 323,
  IDLFailedToParse: 40414,
  IDLUnknownField: 40415,
} as const;
export type CodeName = keyof typeof codes;

/** An answer of `ok: 0`; inside a write command the same becomes one entry of `writeErrors`. */
export class CommandFailure extends Error {
  readonly code: number;
  readonly codeName: string;

  constructor(
    code: readonly [number: number, name: string],
    message: string,
    /** Further fields of the answer, such as the key that is taken. */
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'CommandFailure';
    [this.code, this.codeName] = code;
  }
}

export const failure = (name: CodeName, message: string, details?: Record<string, unknown>): CommandFailure =>
  new CommandFailure([codes[name], name], message, details);

/** Says where it was that something went wrong. */
export const inContext = <Value>(context: string, run: () => Value): Value => {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const { code, codeName, message, details } = error;
    throw new CommandFailure([code, codeName], `${context} :: caused by :: ${message}`, details);
  }
};

/** What `onError` is for. */
export const isConversionFailure = (error: unknown): boolean =>
  error instanceof CommandFailure && error.code === codes.ConversionFailure;

const names = new Map<number, string>(Object.entries(codes).map(([name, code]) => [code, name]));

/** For the many assertions that the server knows by number; most have no other name. */
export const locationFailure = (code: number, message: string): CommandFailure =>
  new CommandFailure([code, names.get(code) ?? `Location${code}`], message);
